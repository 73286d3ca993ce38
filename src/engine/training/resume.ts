/** What a training needs to go on where it stopped, beside the checkpoint: SGD's momentum buffer. */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../../common/atomic';
import { InputError } from '../../common/errors';
import { listCheckpoints, readMetrics, runPaths } from '../../runs';
import type { Model } from '../models/model';
import { parseSafetensors, serialiseSafetensors } from '../weights/safetensors';

const NAME = /^velocity-(\d+)\.safetensors$/;

function velocityPath(folder: string, epoch: number): string {
  return join(runPaths(folder).resume, `velocity-${String(epoch).padStart(3, '0')}.safetensors`);
}

/** Every draw comes from the seed and the epoch's number, so there is no generator state to keep. */
export async function saveVelocity(folder: string, epoch: number, velocity: Float32Array): Promise<void> {
  const tensor = { name: 'velocity', shape: [velocity.length], data: velocity };
  await writeFileAtomically(velocityPath(folder, epoch), serialiseSafetensors([tensor], { epoch: String(epoch) }));
}

export async function readVelocity(folder: string, epoch: number, model: Model): Promise<Float32Array> {
  const path = velocityPath(folder, epoch);
  const data = parseSafetensors(await readFile(path), path).tensors.get('velocity')?.data;
  if (data?.length === model.parameterCount) return data;
  throw new InputError('not the optimiser state of this run', {
    file: path,
    found: `${data?.length ?? 0} values`,
    expected: `${model.parameterCount}`,
  });
}

/** Keeps the newest epoch's only, once all that belongs to that epoch is on disk. */
export async function dropOlderVelocities(folder: string, epoch: number): Promise<void> {
  for (const kept of await velocityEpochs(folder)) {
    if (kept < epoch) await rm(velocityPath(folder, kept), { force: true });
  }
}

/** The newest epoch of which checkpoint, optimiser state and metrics are all there. */
export async function resumableEpoch(folder: string): Promise<number | undefined> {
  const checkpoints = new Set((await listCheckpoints(folder)).map(({ epoch }) => epoch));
  const measured = new Set((await readMetrics(folder)).map(({ epoch }) => epoch));
  const epochs = await velocityEpochs(folder);
  return epochs.filter((epoch) => checkpoints.has(epoch) && measured.has(epoch)).at(-1);
}

async function velocityEpochs(folder: string): Promise<number[]> {
  const names = await readdir(runPaths(folder).resume).catch((): string[] => []);
  return names
    .flatMap((name) => NAME.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}
