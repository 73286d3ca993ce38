import { InputError, type Problem } from '../common/errors';
import type { ArchitectureName } from '../architectures';

/** What files leave open and a person can say, by an option of the next import. */
export type ImportQuestion =
  | {
      readonly kind: 'epochs';
      /** In the order in which --epochs takes them; `epoch` is null where nothing tells it. */
      readonly files: readonly { readonly path: string; readonly epoch: number | null }[];
    }
  | {
      readonly kind: 'architecture';
      readonly path: string;
      /** What the file calls itself. */
      readonly claimed: string;
      /** What its tensors look like. */
      readonly recognised: ArchitectureName;
    }
  | {
      readonly kind: 'stateDict';
      /** Of the networks in the file. */
      readonly keys: readonly string[];
    };

/** An import that can go on once the question is answered. */
export class OpenQuestionError extends InputError {
  constructor(
    readonly question: ImportQuestion,
    summary: string,
    problem: Problem,
  ) {
    super(summary, problem);
  }
}
