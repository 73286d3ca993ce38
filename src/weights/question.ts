import { InputError, type Problem } from '../common/errors';
import type { ImportQuestion } from '../protocol/importEvents';

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
