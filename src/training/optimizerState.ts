/** What a training needs to go on where it stopped, beside the checkpoint: SGD's momentum buffer, as safetensors. */
import { join } from 'node:path';
import { InputError } from '../common/errors';
import { assertVouched, optimizerStateFile, voucherOf } from '../runs';
import type { Model } from '../models/model';
import { readWeightsFile } from '../weights/file';
import { sha256 } from '../weights/sha256';
import { parseSafetensors, serialiseSafetensors } from '../weights/safetensors';

/** Every draw comes from the seed and the epoch's number, so there is no generator state to keep. */
export function serialiseVelocity(epoch: number, velocity: Float32Array): Uint8Array {
  const tensor = { name: 'velocity', shape: [velocity.length], data: velocity };
  return serialiseSafetensors([tensor], { epoch: String(epoch) });
}

/** [parameterCount]. @throws InputError where the file is gone, damaged, or of another model */
export async function readVelocity(folder: string, epoch: number, model: Model): Promise<Float32Array> {
  const file = optimizerStateFile(epoch);
  const path = join(folder, file);
  const bytes = await readWeightsFile(path);
  assertVouched(path, await voucherOf(folder, file, epoch), await sha256(bytes));
  const { tensors, metadata } = parseSafetensors(bytes, path);
  const { epoch: written = String(epoch) } = metadata;
  if (written !== String(epoch)) {
    throw new InputError('the optimiser state is of another epoch than its name says', {
      file: path,
      found: `epoch ${written}`,
      expected: `epoch ${epoch}`,
    });
  }
  const data = tensors.get('velocity')?.data;
  const wrong = data?.findIndex((value) => !Number.isFinite(value)) ?? -1;
  if (data?.length === model.parameterCount && wrong < 0) return data;
  throw new InputError('not the optimiser state of this run', {
    file: path,
    found: wrong < 0 ? `${data?.length ?? 0} values` : `${data?.[wrong]} as value ${wrong}`,
    expected: `${model.parameterCount} finite values`,
  });
}
