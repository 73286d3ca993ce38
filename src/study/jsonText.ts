/** A JSON text with comments and trailing commas, its values, and the places of its parts. */
import { findNodeAtLocation, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import type { JsonPath, StudyProblem } from './problem';

export interface JsonText {
  readonly text: string;
  /** Absent where there is no value at all. */
  readonly root: Node | undefined;
  readonly syntaxErrors: readonly ParseError[];
}

const BYTE_ORDER_MARK = '\uFEFF';

/** A byte order mark counts as a space, so that offsets stay those of the text as given. */
export function parseJsonText(text: string): JsonText {
  const readable = text.startsWith(BYTE_ORDER_MARK) ? ` ${text.slice(1)}` : text;
  const syntaxErrors: ParseError[] = [];
  const root = parseTree(readable, syntaxErrors, { allowTrailingComma: true, disallowComments: false });
  return { text, root, syntaxErrors };
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
export function nodeAt({ root }: JsonText, path: JsonPath): Node | undefined {
  if (root === undefined) return undefined;
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(root, path.slice(0, length));
    if (node !== undefined) return node;
  }
  return root;
}

/** The name, quotes included, of the field at a path. */
export function keyNodeAt(json: JsonText, path: JsonPath): Node | undefined {
  const node = nodeAt(json, path);
  return node?.parent?.type === 'property' ? node.parent.children?.[0] : node;
}

export function sourceOf({ text }: JsonText, { offset, length }: { offset: number; length: number }): string {
  return text.slice(offset, offset + length);
}

/** Line and column of an offset, counted from 1; a byte order mark has no column. */
export function position(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).replace(BYTE_ORDER_MARK, '');
  const lines = before.split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/** The fields that an object names twice: the second one counts in JSON, and the first is silently lost. */
export function duplicateFields(json: JsonText): StudyProblem[] {
  const problems: StudyProblem[] = [];
  const visit = (node: Node, path: JsonPath): void => {
    const first = new Map<string, Node>();
    (node.children ?? []).forEach((child, index) => {
      if (node.type === 'array') visit(child, [...path, index]);
      if (node.type !== 'object') return;
      const [key, value] = child.children ?? [];
      if (key === undefined) return;
      const here = [...path, keyOf(child.children)];
      const earlier = first.get(keyOf(child.children));
      if (earlier === undefined) first.set(keyOf(child.children), key);
      else problems.push(duplicate(json.text, here, key, earlier));
      if (value !== undefined) visit(value, here);
    });
  };
  if (json.root !== undefined) visit(json.root, []);
  return problems;
}

function duplicate(text: string, path: JsonPath, { offset, length }: Node, earlier: Node): StudyProblem {
  const firstLine = position(text, earlier.offset).line;
  return {
    ...{ offset, length, ...position(text, offset), path },
    summary: `the field "${String(path.at(-1))}" is given twice`,
    expected: `it once; it is on line ${String(firstLine)} already`,
  };
}

export function syntaxProblem(json: JsonText, { error, offset, length }: ParseError): StudyProblem {
  const { summary, expected } = SYNTAX[printParseErrorCode(error)] ?? { summary: 'this is not JSON' };
  const source = sourceOf(json, { offset, length: Math.min(length, 40) });
  return {
    ...{ offset, length, ...position(json.text, offset), path: [] },
    summary,
    found: source === '' ? 'the end of the file' : source,
    ...(expected === undefined ? {} : { expected }),
  };
}

const SYNTAX: Readonly<Record<string, { summary: string; expected?: string }>> = {
  InvalidSymbol: { summary: 'not a JSON value', expected: 'text in double quotes, a number, true, false or null' },
  InvalidNumberFormat: { summary: 'not a JSON number', expected: 'digits, such as 3 or 0.01' },
  PropertyNameExpected: { summary: "a field's name is missing", expected: 'a name in double quotes' },
  ValueExpected: { summary: 'a value is missing', expected: 'a value' },
  ColonExpected: { summary: 'a colon is missing', expected: '":" between name and value' },
  CommaExpected: { summary: 'a comma is missing', expected: '","' },
  CloseBraceExpected: { summary: 'an object is not closed', expected: '"}"' },
  CloseBracketExpected: { summary: 'a list is not closed', expected: '"]"' },
  EndOfFileExpected: { summary: 'there is something after the end', expected: 'the end of the file' },
  UnexpectedEndOfComment: { summary: 'a comment is not closed', expected: '"*/"' },
  UnexpectedEndOfString: { summary: 'a text is not closed', expected: 'a closing double quote' },
  UnexpectedEndOfNumber: { summary: 'a number is cut short', expected: 'digits, such as 3 or 0.01' },
  InvalidUnicode: { summary: 'a wrong \\u escape in a text', expected: '\\u and four hexadecimal digits' },
  InvalidEscapeCharacter: { summary: 'a wrong \\ escape in a text', expected: '\\\\ for a backslash' },
  InvalidCharacter: { summary: 'a character that a text cannot hold', expected: 'an escape, such as \\n or \\t' },
};
