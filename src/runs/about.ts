/**
 * about.json: what a person says of a run, its name, its note, and whether it is pinned. It may be edited by hand, so no
 * sum vouches for it, and nothing that is computed depends on it.
 */
import { rm, stat } from 'node:fs/promises';
import * as z from 'zod';
import { writeFileAtomically } from '../common/atomic';
import { InputError, isReportedError } from '../common/errors';
import { succeeds } from '../common/succeeds';
import { checkJson, inputError, readTextFile } from '../study/index';
import { runPaths } from './paths';

export const ABOUT_FORMAT = 1;
const LONGEST_NAME = 100;
const LONGEST_NOTE = 10_000;

// eslint-disable-next-line no-control-regex
const ONE_LINE = /^[^\u0000-\u001f\u007f\u2028\u2029]*$/;

const nameSchema = z.string().min(1).max(LONGEST_NAME).regex(ONE_LINE).meta({
  patternErrorMessage: 'a name on one line',
});
const noteSchema = z.string().min(1).max(LONGEST_NOTE);

/** Fields of a newer program are left alone. */
const aboutSchema = z.looseObject({
  format: z.int().min(1).default(ABOUT_FORMAT),
  name: nameSchema.exactOptional(),
  note: noteSchema.exactOptional(),
  pinned: z.boolean().exactOptional(),
});

export interface RunAbout {
  /** On one line. */
  readonly name?: string | undefined;
  readonly note?: string | undefined;
  readonly pinned?: boolean | undefined;
}

export interface AboutFile {
  /** Empty where the file is absent or cannot be understood. */
  readonly about: RunAbout;
  /** Why the file cannot be understood. */
  readonly problem?: string;
}

/** Never throws: a run is whole without what is said of it. */
export async function readAbout(folder: string): Promise<AboutFile> {
  try {
    const { name, note, pinned } = await readFields(folder);
    return { about: withoutUndefined({ name, note, pinned: pinned === true ? true : undefined }) };
  } catch (error) {
    if (!isReportedError(error)) throw error;
    return { about: {}, problem: error.message };
  }
}

/**
 * Changes the given fields, of which undefined, an empty text and false remove. The file is removed with its last field.
 * @returns what was said before
 * @throws InputError where a value is refused, or the file cannot be understood and would be lost; WorkError
 */
export async function changeAbout(folder: string, changes: RunAbout): Promise<RunAbout> {
  const { name, note, pinned } = changes;
  if (name !== undefined && name !== '' && !isRunLabel(name)) throw refused('name', name, LABEL_RULE);
  if (note !== undefined && !isRunNote(note)) throw refused('note', note, `at most ${LONGEST_NOTE} characters`);
  const before = await readFields(folder);
  const changed = {
    ...before,
    ...('name' in changes && { name: name || undefined }),
    ...('note' in changes && { note: note || undefined }),
    ...('pinned' in changes && { pinned: pinned || undefined }),
  };
  const fields = withoutUndefined(changed);
  const path = runPaths(folder).about;
  if (Object.keys(fields).some((field) => field !== 'format'))
    await writeFileAtomically(path, `${JSON.stringify(fields, null, 2)}\n`);
  else await rm(path, { force: true });
  return withoutUndefined({ name: before.name, note: before.note, pinned: before.pinned });
}

/** What a run can be called. */
export function isRunLabel(text: string): boolean {
  return nameSchema.safeParse(text).success;
}

/** Whether a run can have this note. An empty one removes it. */
export function isRunNote(text: string): boolean {
  return text.length <= LONGEST_NOTE;
}

export const LABEL_RULE = `one line of at most ${LONGEST_NAME} characters`;

async function readFields(folder: string): Promise<z.output<typeof aboutSchema>> {
  const path = runPaths(folder).about;
  if (!(await succeeds(stat(path)))) return { format: ABOUT_FORMAT };
  const checked = checkJson(await readTextFile(path, 'what is said of the run'), aboutSchema);
  if (!checked.ok) throw inputError(path, checked.problems);
  if (checked.value.format <= ABOUT_FORMAT) return checked.value;
  throw new InputError('what is said of the run is of a newer format', {
    file: path,
    found: `format ${checked.value.format}`,
    expected: `at most ${ABOUT_FORMAT}`,
    advice: 'A newer EpochLens wrote it: update this one.',
  });
}

function refused(field: string, found: string, expected: string): InputError {
  return new InputError(`this cannot be the ${field} of a run`, { found: found.slice(0, 40), expected });
}

function withoutUndefined<Fields extends object>(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;
}
