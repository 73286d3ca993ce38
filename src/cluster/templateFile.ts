/** The script that a person may edit, beside the study. */
import { access, constants, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createFileAtomically } from '../common/atomic';
import { InputError, isReportedError, messageOf } from '../common/errors';
import { errorCode, systemReason } from '../common/reasons';
import { readRegularFile } from '../common/regularFile';
import { succeeds } from '../common/succeeds';
import { USUAL_TEMPLATE } from './template';

const NAME = 'slurm.epochlens.sh';
const MOST_BYTES = 1_000_000;

export interface Template {
  /** Absolute. */
  readonly file: string;
  readonly text: string;
  readonly isNew: boolean;
}

/** @param studyFile absolute @throws InputError where it is no file, or cannot be read */
export async function readTemplate(studyFile: string): Promise<Template> {
  const file = join(await folderOf(studyFile), NAME);
  const text = await readRegularFile(file, MOST_BYTES).then(String, (error: unknown) => {
    if (errorCode(error) === 'ENOENT') return;
    throw isReportedError(error) ? error : unreadable(file, error);
  });
  return { file, text: text ?? USUAL_TEMPLATE, isNew: text === undefined };
}

/**
 * Beside the study; of a link beside the file that it leads to, where its runs lie as well, so that whoever edited the
 * script has it by every path. The link's own where nothing can be written there.
 */
async function folderOf(studyFile: string): Promise<string> {
  const own = dirname(studyFile);
  const real = dirname(await realpath(studyFile).catch(() => studyFile));
  const isOwn = real === (await realpath(own).catch(() => own));
  return !isOwn && (await succeeds(access(real, constants.W_OK))) ? real : own;
}

function unreadable(file: string, error: unknown): InputError {
  return new InputError('the script cannot be read', {
    file,
    found: systemReason(error) ?? messageOf(error),
    expected: 'a file that you may read',
    advice: 'Give yourself the right to read it, or remove it: it is then written anew.',
  });
}

export async function keepTemplate({ file, text, isNew }: Template): Promise<void> {
  if (isNew) await createFileAtomically(file, text);
}
