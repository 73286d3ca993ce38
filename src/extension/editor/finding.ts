/** Something that a person should know about a study while they write it, and fixes for it. */
import type { JsonPath } from '../../study/problem';
import type { CommandId } from '../ids';
import type { RunNode } from '../runs/target';

export interface Change {
  readonly path: JsonPath;
  /** The new value; undefined removes the field. */
  readonly value: unknown;
}

export type Fix = { readonly title: string } & (
  | { readonly changes: readonly Change[] }
  /** JSON that replaces the underlined text. */
  | { readonly replacement: string }
  | { readonly command: CommandId; readonly argument: RunNode }
);

export interface Finding {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'information';
  /** Offset and length in UTF-16 units. */
  readonly offset: number;
  readonly length: number;
  readonly message: string;
  /** Fixes, the best first. */
  readonly fixes: readonly Fix[];
  /** Whether the text breaks the JSON schema. VS Code's own JSON support reports most of these, too. */
  readonly bySchema: boolean;
}

/** A finding that is located by its path in the study: the value's place, or the place where it would be. */
export type Located = Omit<Finding, 'offset' | 'length' | 'bySchema'> & { readonly path: JsonPath };
