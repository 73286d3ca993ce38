import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError, WorkError } from '../../../src/common/errors';
import { createRun, newRunFolder, type Run } from '../../../src/runs';
import { readStudy, type LocatedStudy } from '../../../src/study';

export const ranOn = {
  dataset: { kind: 'synthetic', classNames: ['disc', 'ring'], fingerprint: 'f0', description: '2 images' },
  engine: { name: 'wasm', version: 'tfjs-backend-wasm 4.22.0', device: 'CPU' },
  versions: { epochlens: '0.1.0' },
};

/** A new folder with one study file in it. */
export async function makeStudy(text = '{}'): Promise<LocatedStudy> {
  const folder = await mkdtemp(join(tmpdir(), 'runs-'));
  const path = join(folder, 'demo.epochlens.json');
  await writeFile(path, text);
  return readStudy(path);
}

export async function makeRun(located: LocatedStudy, now?: Date): Promise<Run> {
  return createRun({ folder: await newRunFolder(located, now), located, ...ranOn }, now);
}

/** The message of the `InputError` or `WorkError` that the work ends with. */
export async function failureOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => new Error('it did not fail'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof InputError || error instanceof WorkError) return `${error.name}: ${error.message}`;
  throw error;
}
