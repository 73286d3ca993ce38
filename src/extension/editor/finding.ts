/** Something about a study that a person should know while they write it, and what they can do about it. */
import type { JsonPath } from '../../study/problem';
import type { CommandId } from '../ids';
import type { RunNode } from '../runs/target';

export interface Change {
  readonly path: JsonPath;
  /** Undefined removes it. */
  readonly value: unknown;
}

export type Fix = { readonly title: string } & (
  | { readonly changes: readonly Change[] }
  /** JSON in place of what is underlined. */
  | { readonly replacement: string }
  | { readonly command: CommandId; readonly argument: RunNode }
);

export interface Finding {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'information';
  /** In UTF-16 units. */
  readonly offset: number;
  readonly length: number;
  readonly message: string;
  /** The best first. */
  readonly fixes: readonly Fix[];
  /** It breaks the JSON schema, which VS Code's own JSON support mostly says, too. */
  readonly bySchema: boolean;
}

/** A finding without its place in the text: that is where its path is, or would be. */
export type Located = Omit<Finding, 'offset' | 'length' | 'bySchema'> & { readonly path: JsonPath };
