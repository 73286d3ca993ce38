/** What is said of a text that is not parsed: an error of syntax, or more in it than a study can hold. */
import { printParseErrorCode, type ParseError } from 'jsonc-parser';
import { LARGEST_TEXT, type Beyond } from './jsonLimits';
import { positionsIn } from './positions';
import type { JsonPath, StudyProblem } from './problem';

const START = { offset: 0, length: 0, line: 1, column: 1, path: [] } as const;
const LONGEST_SOURCE = 40;

export function unreadable(text: string, beyond: Beyond): StudyProblem {
  switch (beyond.kind) {
    case 'length':
      return {
        ...START,
        summary: 'the text is too long',
        found: `${String(text.length)} characters`,
        expected: `at most ${String(LARGEST_TEXT)}`,
      };
    case 'levels':
      return {
        ...at(text, beyond.offset),
        summary: 'the text is nested too deeply',
        found: `more than ${String(beyond.most)} levels of lists and objects`,
        expected: 'a JSON object',
      };
    case 'values':
      return {
        ...at(text, beyond.offset, beyond.path),
        summary: 'the text holds too many values',
        found: `more than ${beyond.most.toLocaleString('en')}`,
        expected: 'a study, which has far fewer',
      };
    case 'syntax':
      return /^[\s\uFEFF]*$/.test(text)
        ? { ...START, summary: 'the file is empty', expected: 'a JSON object, such as {}' }
        : syntaxProblem(text, beyond.error);
  }
}

function at(text: string, offset: number, path: JsonPath = []): Omit<StudyProblem, 'summary'> {
  return { offset, length: 1, ...positionsIn(text)(offset), path };
}

function syntaxProblem(text: string, { error, offset, length }: ParseError): StudyProblem {
  const { summary, expected } = SYNTAX[printParseErrorCode(error)] ?? { summary: 'this is not JSON' };
  const source = text.slice(offset, offset + Math.min(length, LONGEST_SOURCE));
  return {
    offset,
    length,
    ...positionsIn(text)(offset),
    path: [],
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
