/** The weights of checkpoints that are gone through one after another: the next one's are read while this one computes. */
import { background, type Background } from './worker/worker';
import { JOBS, type WeightsToRead } from './worker/jobs';
import type { Model } from '../models/model';
import type { Weights } from '../models/weights';
import { cachedBytes, type CheckpointContent } from '../weights/hashedCheckpoint';

export interface ReadAhead {
  /**
   * A file's weights. @param next the one that is asked for after it, if it is known: at most one is read ahead
   * @throws what is wrong with this file, and nothing of the next one
   */
  read(model: Model, file: CheckpointContent, next?: CheckpointContent): Promise<Weights>;
  /** Gives up what is read ahead. */
  dispose(): void;
}

interface Coming {
  readonly key: string;
  readonly weights: Promise<Weights>;
  readonly controller: AbortController;
}

export function createReadAhead(thread: Background = background): ReadAhead {
  let coming: Coming | undefined;

  function begin(model: Model, file: CheckpointContent): Coming {
    const controller = new AbortController();
    const weights = thread.run('readWeights', jobOf(model, file), controller.signal);
    // Heard by who asks for it, or by nobody.
    weights.catch(() => undefined);
    return { key: keyOf(model, file), weights, controller };
  }

  function dispose(): void {
    coming?.controller.abort();
    coming = undefined;
  }

  return {
    read(model, file, next) {
      const announced = coming?.key === keyOf(model, file) ? coming.weights : undefined;
      if (announced === undefined) dispose();
      // What is waited for now is read here: the other thread may have to be started first.
      const weights = announced ?? JOBS.readWeights(jobOf(model, file));
      coming = next && begin(model, next);
      return weights;
    },
    dispose,
  };
}

function jobOf({ network, inputSize, classes }: Model, file: CheckpointContent): WeightsToRead {
  const { path, hash, normalization, unvouchedEpoch } = file;
  return {
    file: { path, hash, normalization, unvouchedEpoch },
    bytes: cachedBytes(file),
    network: { name: network.name, path: network.file?.path },
    inputSize,
    classes,
  };
}

function keyOf({ id, inputSize, classes }: Model, file: CheckpointContent): string {
  return [id, inputSize, classes, file.hash, file.path].join('\n');
}
