/** How the report knows what it says: plain text, for the page and for report.json alike. */
import type { RunContent } from '../content';
import type { ReferenceKey } from '../references/entries';

export interface MethodsEntry {
  readonly term: string;
  /** Whole sentences. */
  readonly text: string;
  readonly cites: readonly ReferenceKey[];
}

export interface MethodsGroup {
  readonly title: string;
  readonly entries: readonly MethodsEntry[];
}

/** What of a run a group tells; nothing where the run has none of it. */
export type Methods = (run: RunContent) => MethodsGroup | undefined;

export function entry(term: string, text: string, ...cites: readonly ReferenceKey[]): MethodsEntry {
  return { term, text, cites };
}

/** Undefined where there are no entries. */
export function group(title: string, entries: readonly (MethodsEntry | undefined)[]): MethodsGroup | undefined {
  const there = entries.filter((each) => each !== undefined);
  return there.length === 0 ? undefined : { title, entries: there };
}
