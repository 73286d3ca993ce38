import { errorCode } from '../common/atomic';
import { InputError, isReportedError } from '../common/errors';
import { readRegularFile } from '../common/regularFile';
import { LARGEST_TEXT } from './jsonLimits';
import { asProblem, problemText, type StudyProblem } from './problem';

/** A text file's content, or an `InputError` that says why there is none. `what` is as in "the study file". */
export async function readTextFile(path: string, what: string): Promise<string> {
  const bytes = await readBytes(path, what);
  const wrong = firstWrongByte(bytes);
  if (wrong === undefined) return bytes.toString('utf8');
  throw new InputError(`${what} is not UTF-8 text`, {
    file: path,
    place: `byte ${String(wrong)}`,
    found: `0x${(bytes[wrong] ?? 0).toString(16).padStart(2, '0')}`,
    expected: 'UTF-8 text',
    advice: 'Save it with the encoding UTF-8.',
  });
}

async function readBytes(path: string, what: string): Promise<Buffer> {
  const cannot = (found: string, cause: unknown, expected = 'a file'): InputError =>
    new InputError(`${what} cannot be read`, { file: path, found, expected }, { cause });
  try {
    return await readRegularFile(path, LARGEST_TEXT);
  } catch (error) {
    if (isReportedError(error)) throw cannot(error.problem.found ?? error.summary, error, error.problem.expected);
    const code = errorCode(error) ?? String(error);
    throw cannot(CAUSES[code] ?? code, error);
  }
}

const CAUSES: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file',
  EACCES: 'a file that you may not read',
  EPERM: 'a file that you may not read',
};

/** Where the bytes stop being UTF-8. */
function firstWrongByte(bytes: Buffer): number | undefined {
  const again = Buffer.from(bytes.toString('utf8'), 'utf8');
  if (again.equals(bytes)) return undefined;
  const index = bytes.findIndex((byte, at) => byte !== again[at]);
  return index === -1 ? bytes.length : index;
}

/** All of a file's problems together take at most so many characters. */
const LONGEST_LIST = 1800;

/** One error for all the problems of a file: the first in its fields, the others after it. */
export function inputError(file: string, problems: readonly StudyProblem[]): InputError {
  const [first, ...others] = problems;
  if (first === undefined) return new InputError('it cannot be understood', { file });
  return new InputError(first.summary, { ...asProblem(first, file), lines: alsoLines(others) });
}

/** A line a problem, as many as there is room for, and how many more there are. */
function alsoLines(problems: readonly StudyProblem[]): string[] {
  const lines: string[] = [];
  let room = LONGEST_LIST;
  for (const problem of problems) {
    const line = problemText(problem);
    room -= line.length;
    if (room < 0) break;
    lines.push(line);
  }
  const left = problems.slice(lines.length).reduce((sum, { more = 0 }) => sum + 1 + more, 0);
  const all = left === 0 ? lines : [...lines, `and ${left.toLocaleString('en')} more`];
  return all.length === 0 ? [] : ['Also:', ...all.map((line) => `  ${line}`)];
}
