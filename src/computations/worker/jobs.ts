/**
 * What can be done beside the thread that computes: plain values in, plain values out, and no engine. An operation of
 * the native engine keeps its thread for as long as it takes, and with it everything that thread has to read or draw.
 */
import type { InputSettings } from '../../models/input';
import { createModel } from '../../models/model';
import { normalised } from '../../models/normalise';
import { networkAt, type NetworkReference } from '../../networks';
import { calibrate, type CheckpointLogits } from '../../measures/calibration/calibrate';
import type { Calibration } from '../../measures/calibration/measured';
import type { Weights } from '../../models/weights';
import { drawBatch, type BatchToDraw } from '../faithfulness/drawn';
import { compareBatch } from '../robustness/compareBatch';
import { perturbBatch, type Perturbation, type PerturbedBatch } from '../../perturbations';
import { parseRunCheckpoint, readHashedCheckpoint, type CheckpointContent } from '../../weights/hashedCheckpoint';

export interface WeightsToRead {
  readonly file: CheckpointContent;
  /** The checkpoint's content, of its hash, where it has been read already. */
  readonly bytes?: Uint8Array | undefined;
  readonly network: NetworkReference;
  readonly inputSize: number;
  readonly classes: number;
}

export interface BatchToPerturb {
  readonly height: number;
  readonly width: number;
  /** RGB, 0 … 255, [n, height, width, 3]. */
  readonly pixels: Uint8Array;
  /** The first image's index in the test set; the others follow it. */
  readonly start: number;
  readonly entry: Perturbation;
  readonly round: number;
  /** What the perturbed pixels are normalised by; they stay as they are where it is absent. */
  readonly normalise?: Pick<InputSettings, 'mean' | 'std'> | undefined;
}

export const JOBS = {
  /** @throws InputError, WorkError */
  async readWeights({ file, bytes, network, inputSize, classes }: WeightsToRead): Promise<Weights> {
    const model = createModel(await networkAt(network, inputSize), inputSize, classes);
    return bytes === undefined ? await readHashedCheckpoint(file, model) : parseRunCheckpoint(bytes, file, model);
  },
  perturb({ height, width, pixels, start, entry, round, normalise }: BatchToPerturb): PerturbedBatch {
    const perturbed = perturbBatch({ height, width, pixels }, start, entry, round);
    return normalise === undefined ? perturbed : { pixels: normalised(perturbed.pixels, normalise) };
  },
  compareMaps: compareBatch,
  /** Ten thousand images are drawn again some ten million times. */
  calibrate(of: CheckpointLogits): Calibration {
    return calibrate(of);
  },
  drawFaithfulness(batch: BatchToDraw): { images: Float32Array } {
    return drawBatch(batch);
  },
};

export type Jobs = typeof JOBS;
export type JobName = keyof Jobs;
export type JobParams<N extends JobName> = Parameters<Jobs[N]>[0];
export type JobResult<N extends JobName> = Awaited<ReturnType<Jobs[N]>>;
