/** A JSON text held against a schema: its value, or every problem with its place. */
import type { z } from 'zod';
import { schemaProblems } from './issues';
import { duplicateFields, parseJsonText, syntaxProblem, valueOf, type JsonText } from './jsonText';
import type { StudyProblem } from './problem';

export type Checked<T> =
  | {
      readonly ok: true;
      readonly value: T;
      /** As it stands in the text, with what the schema does not know. */
      readonly raw: unknown;
      readonly json: JsonText;
    }
  | { readonly ok: false; readonly problems: readonly StudyProblem[] };

export function checkJson<Schema extends z.ZodType>(text: string, schema: Schema): Checked<z.output<Schema>> {
  const json = parseOrUndefined(text);
  if (json === undefined)
    return failed([{ ...START, summary: 'the text is nested too deeply', expected: 'a JSON object' }]);
  if (json.root === undefined && /^[\s\uFEFF]*$/.test(text)) {
    return failed([{ ...START, summary: 'the file is empty', expected: 'a JSON object, such as {}' }]);
  }
  // Those after the first are mostly its consequences.
  const syntax = json.syntaxErrors.slice(0, 1).map((error) => syntaxProblem(json, error));
  if (syntax.length > 0 || json.root === undefined) return failed(syntax);

  const value = valueOf(json.root);
  const result = schema.safeParse(value);
  const problems = [...duplicateFields(json), ...schemaProblems(json, value, schema, result.error?.issues ?? [])];
  if (!result.success || problems.length > 0) return failed(problems);
  return { ok: true, value: result.data, raw: value, json };
}

const START = { offset: 0, length: 0, line: 1, column: 1, path: [] } as const;

function failed(problems: readonly StudyProblem[]): { ok: false; problems: readonly StudyProblem[] } {
  return { ok: false, problems: [...problems].sort((a, b) => a.offset - b.offset) };
}

/** The parser recurses: a hundred thousand open brackets exhaust the stack. */
function parseOrUndefined(text: string): JsonText | undefined {
  try {
    return parseJsonText(text);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
