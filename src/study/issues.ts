/** What a schema finds wrong with a JSON value, in words and with its place in the text. */
import type * as z from 'zod';
import { knownFields, knownTexts, schemaAt, words, type SchemaNode } from './expectation';
import { keyNodeAt, nodeAt, shortened, sourceOf, type JsonText } from './jsonText';
import { nearest } from './nearest';
import type { JsonPath, StudyProblem } from './problem';
import type { ProblemList } from './problemList';

type Details = Pick<StudyProblem, 'summary' | 'found' | 'expected' | 'advice' | 'replacement'>;

/** A problem at the value of a path; with `at: 'key'` at the field's name. */
export function problemAt(
  json: JsonText,
  path: JsonPath,
  details: Details,
  at: 'key' | 'value' = 'value',
): StudyProblem {
  const { offset, length } = at === 'key' ? keyNodeAt(json, path) : nodeAt(json, path);
  return { offset, length, ...json.position(offset), path, ...details };
}

export type Issue = z.core.$ZodIssue;

/** Adds a problem for each of the schema's issues with the value of the text. */
export function addSchemaProblems(
  json: JsonText,
  value: unknown,
  schema: SchemaNode,
  issues: readonly Issue[],
  problems: ProblemList,
): void {
  // A number past the whole ones that are exact is too big twice, for being whole and for the field's own limit.
  const met = new Set<string>();
  for (const issue of issues.flatMap(innerIssues)) {
    const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys)
        problems.add(issue.code, path, () => unknownField(json, value, schema, [...path, key]));
      continue;
    }
    if (issue.code === 'invalid_key') {
      problems.add(issue.code, path, () => unfitName(json, value, schema, path));
      continue;
    }
    const same = [issue.code, ...path].join('\n');
    if (!met.has(same)) problems.add(issue.code, path, () => issueProblem(json, value, schema, issue, path));
    met.add(same);
  }
}

/** Of a union the alternative that the value was meant as: one whose own type fits. Else the union as a whole. */
export function innerIssues(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const meant = issue.errors.find((branch) =>
    branch.every(({ code, path }) => path.length > 0 || code === 'unrecognized_keys'),
  );
  if (meant === undefined || meant.length === 0) return [issue];
  return meant.flatMap((inner) => innerIssues({ ...inner, path: [...issue.path, ...inner.path] }));
}

function issueProblem(json: JsonText, value: unknown, schema: SchemaNode, issue: Issue, path: JsonPath): StudyProblem {
  const at = schemaAt(schema, path, value);
  const expected = at === undefined ? 'another value' : words(at);
  const found = valueAt(value, path);
  if (found === undefined)
    return problemAt(json, path, { summary: `the field "${String(path.at(-1))}" is missing`, expected });
  const meant = typeof found === 'string' && at !== undefined ? nearest(found, knownTexts(at)) : undefined;
  return problemAt(json, path, {
    summary: summaryOf(issue),
    found: foundText(json, path, found),
    expected,
    ...(meant === undefined ? {} : suggestion(meant)),
  });
}

function summaryOf(issue: Issue): string {
  if (issue.code === 'invalid_type') return 'wrong type';
  if (issue.code !== 'too_small' && issue.code !== 'too_big') return 'wrong value';
  return issue.origin === 'array' || issue.origin === 'string' ? 'wrong length' : 'out of range';
}

function unknownField(json: JsonText, value: unknown, schema: SchemaNode, path: JsonPath): StudyProblem {
  const key = String(path.at(-1));
  const parent = path.slice(0, -1);
  const known = knownFields(schemaAt(schema, parent, value) ?? {}, valueAt(value, parent));
  const meant = nearest(key, known);
  const section = path.length === 1 ? sectionsByKey(schema, value).get(key) : undefined;
  const elsewhere = section === undefined ? {} : { advice: `It belongs in "${section}".` };
  return problemAt(
    json,
    path,
    {
      summary: `unknown field "${shortened(key)}"`,
      expected: `one of ${known.map((name) => `"${name}"`).join(', ')}`,
      ...(meant === undefined ? elsewhere : suggestion(meant)),
    },
    'key',
  );
}

/** Of an object whose fields may have any name of a kind. */
function unfitName(json: JsonText, value: unknown, schema: SchemaNode, path: JsonPath): StudyProblem {
  const names = schemaAt(schema, path.slice(0, -1), value)?.propertyNames;
  const found = shortened(JSON.stringify(String(path.at(-1))));
  return problemAt(json, path, { summary: 'a name that does not fit', found, expected: words(names ?? {}) }, 'key');
}

/** By each key the field at the top whose object knows it, the first of several. */
export function sectionsByKey(schema: SchemaNode, value: unknown): ReadonlyMap<string, string> {
  const sections = Object.keys(schema.properties ?? {}).reverse();
  return new Map(
    sections.flatMap((name) =>
      knownFields(schemaAt(schema, [name], value) ?? {}, valueAt(value, [name])).map((key) => [key, name] as const),
    ),
  );
}

function suggestion(meant: string): Pick<StudyProblem, 'advice' | 'replacement'> {
  return { advice: `Did you mean "${meant}"?`, replacement: JSON.stringify(meant) };
}

export function valueAt(value: unknown, path: JsonPath): unknown {
  return path.reduce<unknown>(
    (at, step) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[step] : undefined),
    value,
  );
}

/** The value as it stands in the text; lists and objects by their size. */
function foundText(json: JsonText, path: JsonPath, value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${String(value.length)}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  return shortened(sourceOf(json, nodeAt(json, path)));
}
