/** Lists with more entries than the schema allows. */
import type { Node } from 'jsonc-parser';
import { schemaAt, words, type SchemaNode } from './expectation';
import { problemAt } from './issues';
import type { JsonText } from './jsonText';
import type { JsonPath } from './problem';
import type { ProblemList } from './problemList';

/** Shorter ones are left to the schema, which then also says what is wrong with their entries. */
const LONG = 1000;

/** @returns whether there are any */
export function addLongLists(json: JsonText, value: unknown, schema: SchemaNode, problems: ProblemList): boolean {
  let any = false;
  const visit = ({ type, children = [] }: Node, path: JsonPath): void => {
    if (type === 'array' && children.length > LONG) any = addIfTooLong(children.length, path) || any;
    else if (type === 'array') children.forEach((child, index) => visit(child, [...path, index]));
    if (type !== 'object') return;
    for (const { children: [key, child] = [] } of children)
      if (child?.children !== undefined) visit(child, [...path, String(key?.value)]);
  };
  const addIfTooLong = (length: number, path: JsonPath): boolean => {
    const expected = schemaAt(schema, path, value);
    const most = expected === undefined ? undefined : mostEntries(expected);
    if (expected === undefined || most === undefined || length <= most) return false;
    problems.add('wrong length', path, () =>
      problemAt(json, path, {
        summary: 'wrong length',
        found: `a list of ${String(length)}`,
        expected: words(expected),
      }),
    );
    return true;
  };
  visit(json.root, []);
  return any;
}

/** The largest that any of the alternatives takes. */
function mostEntries({ maxItems, anyOf, oneOf }: SchemaNode): number | undefined {
  const inner = [...(anyOf ?? []), ...(oneOf ?? [])].map(mostEntries).filter((most) => most !== undefined);
  return maxItems ?? (inner.length === 0 ? undefined : Math.max(...inner));
}
