/** What a training needs to go on where it stopped, beside the checkpoint: SGD's momentum buffer, as safetensors. */
import { join } from 'node:path';
import { InputError } from '../common/errors';
import { assertVouched, optimizerStateFile, voucherOf } from '../runs';
import type { Model } from '../models/model';
import { readWeightsFile } from '../weights/file';
import { sha256 } from '../weights/sha256';
import { parseSafetensors, serialiseSafetensors } from '../weights/safetensors';
import type { StoredDict } from '../weights/stored';
import type { TrainingNumbers } from './trainer';

/**
 * Every draw comes from the seed and the epoch's number, so there is no generator state to keep. Where checkpoints hold
 * averages, the weights that the next step starts from lie here.
 */
export function serialiseOptimizerState(epoch: number, { velocity, unaveraged }: OptimizerState): Uint8Array {
  const tensors = Object.entries({ velocity, ...unaveraged }).map(([name, data]) => ({
    name,
    shape: [data.length],
    data,
  }));
  return serialiseSafetensors(tensors, { epoch: String(epoch) });
}

export type OptimizerState = Pick<TrainingNumbers, 'velocity' | 'unaveraged'>;

/** @throws InputError where the file is gone, damaged, or of another model; or of a training without averages */
export async function readOptimizerState(
  folder: string,
  epoch: number,
  model: Model,
  hasAverages: boolean,
): Promise<OptimizerState> {
  const file = optimizerStateFile(epoch);
  const path = join(folder, file);
  const bytes = await readWeightsFile(path);
  assertVouched(path, await voucherOf(folder, file, epoch), await sha256(bytes));
  const stored = parseSafetensors(bytes, path);
  const { epoch: written = String(epoch) } = stored.metadata;
  if (written !== String(epoch)) {
    throw new InputError('the optimiser state is of another epoch than its name says', {
      file: path,
      found: `epoch ${written}`,
      expected: `epoch ${epoch}`,
    });
  }
  const values = (name: string, length: number): Float32Array => finiteValues(stored, name, length, path);
  const velocity = values('velocity', model.parameterCount);
  if (!hasAverages) return { velocity };
  const unaveraged = {
    parameters: values('parameters', model.parameterCount),
    means: values('means', model.statisticsCount),
    variances: values('variances', model.statisticsCount),
  };
  return { velocity, unaveraged };
}

/** @throws InputError where the tensor is not there, of another length, or not finite */
export function finiteValues({ tensors }: StoredDict, name: string, length: number, file: string): Float32Array {
  const data = tensors.get(name)?.data;
  const wrong = data?.findIndex((value) => !Number.isFinite(value)) ?? -1;
  if (data?.length === length && wrong < 0) return data;
  throw new InputError('not the optimiser state of this run', {
    file,
    place: `tensor ${name}`,
    found: wrong < 0 ? `${data?.length ?? 0} values` : `${data?.[wrong]} as value ${wrong}`,
    expected: `${length} finite values`,
  });
}
