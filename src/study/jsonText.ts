/** A JSON text with comments and trailing commas, its values, and the places of its parts. */
import { findNodeAtLocation, parseTree, type Node } from 'jsonc-parser';
import { firstBeyond, type Beyond } from './jsonLimits';
import { positionsIn, type Position } from './positions';
import type { JsonPath } from './problem';
import type { ProblemList } from './problemList';

/** A text without errors of syntax. */
export interface JsonText {
  readonly text: string;
  readonly root: Node;
  readonly position: (offset: number) => Position;
}

const BYTE_ORDER_MARK = '\uFEFF';

/** The text's tree, or why there is none. */
export function parseJsonText(text: string): JsonText | { readonly beyond: Beyond } {
  const readable = readableText(text);
  const beyond = firstBeyond(readable);
  if (beyond !== undefined) return { beyond };
  const root = parseTree(readable, [], { allowTrailingComma: true });
  if (root === undefined) throw new Error('a JSON text without errors and without a value');
  return { text, root, position: positionsIn(text) };
}

/** The tree of a text that may be half written; undefined where there is nothing, or more than a study can hold. */
export function parseWhatIsThere(text: string): Node | undefined {
  const readable = readableText(text);
  return firstBeyond(readable, 'pass') === undefined
    ? parseTree(readable, [], { allowTrailingComma: true })
    : undefined;
}

/** The value of a text that may be half written; undefined as with `parseWhatIsThere`. */
export function valueOfWhatIsThere(text: string): unknown {
  const root = parseWhatIsThere(text);
  return root && valueOf(root);
}

/** A byte order mark counts as a space, so that offsets stay those of the text as given. */
function readableText(text: string): string {
  return text.startsWith(BYTE_ORDER_MARK) ? ` ${text.slice(1)}` : text;
}

/** The value of a node. Every key becomes a field of its own, `__proto__` too. */
export function valueOf(node: Node): unknown {
  const children = node.children ?? [];
  if (node.type === 'array') return children.map(valueOf);
  if (node.type !== 'object') return node.value;
  return Object.fromEntries(children.map(({ children: pair }) => [keyOf(pair), pair?.[1] && valueOf(pair[1])]));
}

function keyOf(pair: readonly Node[] | undefined): string {
  return String(pair?.[0]?.value);
}

/** The node at a path, or the nearest one that holds where it would be. */
export function nodeAt({ root }: JsonText, path: JsonPath): Node {
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(root, path.slice(0, length));
    if (node !== undefined) return node;
  }
  return root;
}

/** Whether the text has a value at a path. */
export function isWritten({ root }: JsonText, path: JsonPath): boolean {
  return findNodeAtLocation(root, [...path]) !== undefined;
}

/** The name, quotes included, of the field at a path. */
export function keyNodeAt(json: JsonText, path: JsonPath): Node {
  const node = nodeAt(json, path);
  return (node.parent?.type === 'property' ? node.parent.children?.[0] : undefined) ?? node;
}

export function sourceOf(
  { text }: Pick<JsonText, 'text'>,
  { offset, length }: { offset: number; length: number },
): string {
  return text.slice(offset, offset + length);
}

/** The fields that an object names twice: the second one counts in JSON, and the first is silently lost. */
export function addDuplicateFields(json: JsonText, problems: ProblemList): void {
  const visit = (node: Node, path: JsonPath): void => {
    const first = new Map<string, Node>();
    (node.children ?? []).forEach((child, index) => {
      if (node.type === 'array') visit(child, [...path, index]);
      if (node.type !== 'object') return;
      const [key, value] = child.children ?? [];
      if (key === undefined) return;
      const name = keyOf(child.children);
      const here = [...path, name];
      const earlier = first.get(name);
      if (earlier === undefined) first.set(name, key);
      else {
        problems.add('given twice', path, () => {
          return {
            offset: key.offset,
            length: key.length,
            ...json.position(key.offset),
            path: here,
            summary: `the field "${shortened(name)}" is given twice`,
            expected: `it once; it is on line ${String(json.position(earlier.offset).line)} already`,
          };
        });
      }
      if (value !== undefined) visit(value, here);
    });
  };
  visit(json.root, []);
}

const LONGEST_NAME = 60;

/** A field's name or a value's text, as a message holds it. */
export function shortened(text: string): string {
  return text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME)}…` : text;
}
