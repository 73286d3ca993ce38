/** The script that a person may edit, beside the study. */
import { join } from 'node:path';
import { createFileAtomically } from '../common/atomic';
import { InputError, isReportedError, messageOf } from '../common/errors';
import { errorCode, systemReason } from '../common/reasons';
import { readRegularFile } from '../common/regularFile';
import { USUAL_TEMPLATE } from './template';

const NAME = 'slurm.epochlens.sh';
const MOST_BYTES = 1_000_000;

export interface Template {
  /** Absolute. */
  readonly file: string;
  readonly text: string;
  readonly isNew: boolean;
}

/** @param folder the study's @throws InputError where it is no file, or cannot be read */
export async function readTemplate(folder: string): Promise<Template> {
  const file = join(folder, NAME);
  const text = await readRegularFile(file, MOST_BYTES).then(String, (error: unknown) => {
    if (errorCode(error) === 'ENOENT') return;
    throw isReportedError(error) ? error : unreadable(file, error);
  });
  return { file, text: text ?? USUAL_TEMPLATE, isNew: text === undefined };
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
