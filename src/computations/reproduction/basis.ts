/** What results are recomputed from: the run's checkpoints and images as they are now, found by their hashes. */
import { isReportedError } from '../../common/errors';
import { canonicalJson } from '../../common/canonicalJson';
import { selectCheckpoints, type Run } from '../../runs';
import { readRange, type Dataset } from '../../datasets';
import type { InputSettings } from '../../models/input';
import { loadDataset } from '../../datasets/open';
import { memoryReaders } from '../../datasets/reader';
import { imageHash } from '../heatmaps/hashedImage';
import type { ImageToExplain } from '../heatmaps/explain';
import { inputOf, modelOf } from '../../weights/fromStudy';
import { setImage } from '../images/images';
import type { Model } from '../../models/model';
import { hashCheckpoint, type HashedCheckpoint } from '../../weights/hashedCheckpoint';

/** Why a result is not recomputed, as a person reads it. */
export class SkippedError extends Error {}

export interface Basis {
  readonly run: Run;
  readonly model: Model;
  readonly input: InputSettings;
  readonly signal: AbortSignal;
  /** @throws SkippedError where it is no longer there, or damaged */
  checkpoint(hash: string): HashedCheckpoint;
  /** @throws SkippedError where the data set is not at hand */
  dataset(): Promise<Dataset>;
  /** Of the data set. @throws SkippedError where none has these pixels, as of a picture's file */
  image(hash: string): Promise<ImageToExplain>;
  /** @throws SkippedError where the result is of another network, or another input, than the run's */
  check(of: { readonly architecture: string; readonly input: unknown }): void;
}

export async function openBasis(run: Run, signal: AbortSignal): Promise<Basis> {
  const model = modelOf(run);
  const input = inputOf(run.study);
  const checkpoints = await wholeCheckpoints(run);
  let dataset: Promise<Dataset> | undefined;
  let index: Promise<Map<string, Place>> | undefined;
  const open = (): Promise<Dataset> =>
    (dataset ??= loadDataset(run.study.dataset, { studyFolder: run.studyFolder, signal, sets: 'any' }).catch(
      (error: unknown) => {
        if (!isReportedError(error) || error.name === 'CancelledError') throw error;
        throw new SkippedError('its data set is not at hand');
      },
    ));
  return {
    run,
    model,
    input,
    signal,
    checkpoint(hash) {
      const found = checkpoints.get(hash);
      if (found === undefined) throw new SkippedError('its checkpoint is no longer there');
      return found;
    },
    dataset: open,
    async image(hash) {
      const place = (await (index ??= open().then((dataset) => indexImages(dataset, signal)))).get(hash);
      if (place === undefined) throw new SkippedError('its image is not one of the data set');
      return setImage({ kind: 'set', ...place }, memoryReaders(await open()));
    },
    check({ architecture, input: other }) {
      if (architecture !== model.id || canonicalJson(other) !== canonicalJson(input))
        throw new SkippedError('it is of another network or input than the run’s');
    },
  };
}

/** A damaged one is named by verifying the run; what was computed from it is skipped. */
async function wholeCheckpoints(run: Run): Promise<Map<string, HashedCheckpoint>> {
  const found = await selectCheckpoints(run, 'all').catch((error: unknown) => {
    if (isReportedError(error)) return [];
    throw error;
  });
  const byHash = new Map<string, HashedCheckpoint>();
  for (const checkpoint of found) {
    try {
      const hashed = await hashCheckpoint(checkpoint);
      byHash.set(hashed.hash, hashed);
    } catch (error) {
      if (!isReportedError(error)) throw error;
    }
  }
  return byHash;
}

interface Place {
  readonly set: 'test' | 'train';
  readonly index: number;
}

/** So many at once. */
const PART = 500;

async function indexImages(dataset: Dataset, signal: AbortSignal): Promise<Map<string, Place>> {
  const places = new Map<string, Place>();
  for (const set of ['train', 'test'] as const) {
    const { count, height, width } = dataset[set];
    const size = height * width * 3;
    for (let start = 0; start < count; start += PART) {
      const length = Math.min(PART, count - start);
      const { pixels } = await readRange(dataset[set], start, length, signal);
      for (let at = 0; at < length; at++) {
        const one = { height, width, pixels: pixels.subarray(at * size, (at + 1) * size) };
        places.set(imageHash(one), { set, index: start + at });
      }
    }
  }
  return places;
}
