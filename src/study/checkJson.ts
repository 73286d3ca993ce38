/** A JSON text held against a schema: its value, or what is wrong with it, with places. */
import * as z from 'zod';
import type { SchemaNode } from './expectation';
import { addSchemaProblems, type Issue } from './issues';
import { addDuplicateFields, parseJsonText, valueOf, type JsonText } from './jsonText';
import { addLongLists } from './longLists';
import type { StudyProblem } from './problem';
import { createProblemList } from './problemList';
import { unreadable } from './unreadable';

export type Checked<T> =
  | {
      readonly ok: true;
      readonly value: T;
      /** As it stands in the text, with what the schema does not know. */
      readonly raw: unknown;
      readonly json: JsonText;
    }
  | {
      readonly ok: false;
      readonly problems: readonly StudyProblem[];
      /** Undefined where the text is no JSON, or holds more than a schema is asked about. */
      readonly refused?: Refused;
    };

/** A JSON text that a schema refuses. */
export interface Refused {
  readonly raw: unknown;
  readonly json: JsonText;
  readonly issues: readonly Issue[];
  readonly schema: SchemaNode;
}

/** Takes time in proportion to the text, whatever is in it; of each kind of problem the first few are given. */
export function checkJson<Schema extends z.ZodType>(text: string, schema: Schema): Checked<z.output<Schema>> {
  const json = parseJsonText(text);
  if ('beyond' in json) return { ok: false, problems: [unreadable(text, json.beyond)] };

  const value = valueOf(json.root);
  const described = describedSchema(schema);
  const problems = createProblemList();
  addDuplicateFields(json, problems);
  // What is wrong with each of a hundred thousand entries is not asked.
  if (addLongLists(json, value, described, problems)) return { ok: false, problems: problems.list() };

  const result = schema.safeParse(value);
  const issues = result.error?.issues ?? [];
  addSchemaProblems(json, value, described, issues, problems);
  const found = problems.list();
  if (!result.success || found.length > 0)
    return { ok: false, problems: found, refused: { raw: value, json, issues, schema: described } };
  return { ok: true, value: result.data, raw: value, json };
}

const DESCRIBED = new WeakMap<z.ZodType, SchemaNode>();

/** Made once a schema: it takes longer than checking a text against it. */
function describedSchema(schema: z.ZodType): SchemaNode {
  const described = DESCRIBED.get(schema) ?? (z.toJSONSchema(schema, { io: 'input' }) as SchemaNode);
  DESCRIBED.set(schema, described);
  return described;
}
