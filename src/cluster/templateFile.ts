/** The script that a person may edit, beside the study. */
import { join } from 'node:path';
import { createFileAtomically } from '../common/atomic';
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

/** @param folder the study's @throws InputError where it is no file */
export async function readTemplate(folder: string): Promise<Template> {
  const file = join(folder, NAME);
  const text = await readRegularFile(file, MOST_BYTES).then(String, (error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  });
  return { file, text: text ?? USUAL_TEMPLATE, isNew: text === undefined };
}

export async function keepTemplate({ file, text, isNew }: Template): Promise<void> {
  if (isNew) await createFileAtomically(file, text);
}
