/** Checkpoints that no training made. */
import { writeFileAtomically } from '../src/common/atomic';
import type { Model } from '../src/models/model';
import type { Weights } from '../src/models/weights';
import { serialiseCheckpoint } from '../src/weights/checkpoint';
import { writeEpoch, type Checkpoint, type VouchedCheckpoint } from '../src/runs';
import { NORMALIZATIONS } from '../src/study';

export async function saveCheckpoint(
  path: string,
  model: Model,
  weights: Weights,
  metadata: Readonly<Record<string, string>>,
): Promise<void> {
  await writeFileAtomically(path, serialiseCheckpoint(model, weights, metadata));
}

/** Replaces a checkpoint of a run as a training would that went over the epoch again: with a sum of its content. */
export async function replaceCheckpoint(run: string, epoch: number, content: Uint8Array): Promise<void> {
  await writeEpoch(run, { epoch, checkpoint: content, optimizerState: undefined, metrics: undefined });
}

/** A checkpoint's bytes with a tensor of zeros: with a classifier of zeros every heatmap is flat. */
export function withZeros(checkpoint: Uint8Array, tensor: string): Uint8Array {
  const bytes = Uint8Array.from(checkpoint);
  const headerLength = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerLength))) as Readonly<
    Record<string, { readonly data_offsets: readonly [number, number] }>
  >;
  const [begin, end] = header[tensor]!.data_offsets;
  bytes.fill(0, 8 + headerLength + begin, 8 + headerLength + end);
  return bytes;
}

/** As of a run of an older version, which kept no sums. */
export function withoutSum({ epoch, path }: Checkpoint): VouchedCheckpoint {
  return { epoch, path, voucher: { folder: '', file: path, sums: undefined }, normalization: NORMALIZATIONS.cifar10 };
}
