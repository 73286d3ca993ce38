/** A whole training in a run folder: epochs, checkpoints, metrics, status. */
import { CancelledError } from '../../common/errors';
import type { Run } from '../../runs';
import type { Dataset, ImageSet } from '../data';
import { inputOf } from '../fromStudy';
import type { Model } from '../models/model';
import type { Weights } from '../models/weights';
import { stepsPerEpoch, trainEpoch, type EpochResult } from './epoch';
import { evaluate, type Evaluation } from './evaluate';
import { keepEpoch, newSession, resumeSession } from './keep';
import { createClock, createStatusWriter, type TrainingEvent } from './progress';
import { resumableEpoch } from './resume';
import { learningRateAt } from './schedule';
import { disposeState } from './step';

export interface Training {
  readonly run: Run;
  readonly model: Model;
  readonly dataset: Dataset;
  /** Where a new training starts from. */
  readonly initialWeights: Weights;
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: TrainingEvent) => void) | undefined;
}

/**
 * Trains from the newest epoch of the run folder that is complete, or from the beginning, to the study's last epoch.
 * The caller holds the run's lock.
 * @throws CancelledError after status.json says so; anything else after status.json says "failed"
 */
export async function train(training: Training): Promise<void> {
  const { folder, study } = training.run;
  const { epochs, batchSize } = study.training;
  const resumed = await resumableEpoch(folder);
  const status = createStatusWriter(folder, epochs, stepsPerEpoch(training.dataset.train.count, batchSize));
  const tell = training.onEvent ?? (() => undefined);
  let done = resumed ?? 0;
  try {
    await status.state('training', done);
    tell({ event: 'started', run: folder, epochs, fromEpoch: done });
    for await (const epoch of trainEpochs(training, resumed, status, tell)) {
      done = epoch;
      await status.state('training', done);
    }
    await status.state('finished', done);
    tell({ event: 'finished', run: folder, epoch: done });
  } catch (error) {
    const cancelled = error instanceof CancelledError;
    await status.state(cancelled ? 'cancelled' : 'failed', done, cancelled ? undefined : messageOf(error));
    if (cancelled) tell({ event: 'cancelled', run: folder, epoch: done });
    throw error;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Yields each epoch once everything of it is on disk. */
async function* trainEpochs(
  training: Training,
  resumed: number | undefined,
  status: ReturnType<typeof createStatusWriter>,
  tell: (event: TrainingEvent) => void,
): AsyncGenerator<number> {
  const { run, model, dataset, initialWeights, signal } = training;
  const settings = run.study.training;
  const input = inputOf(run.study);
  const clock = createClock();
  const session =
    resumed === undefined ? newSession(model, initialWeights) : await resumeSession(run.folder, model, resumed);

  async function measure(set: ImageSet, epoch: number): Promise<Evaluation> {
    const started = clock.now();
    const evaluation = await evaluate(model, session.state, set, input, {
      signal,
      progress: (done, of) => tell({ event: 'evaluating', epoch, done, of }),
      heartbeat: () => status.heartbeat(),
    });
    clock.evaluated(clock.now() - started);
    return evaluation;
  }

  async function keep(epoch: number, train: Evaluation | EpochResult, learningRate: number, seconds: number) {
    const test = await measure(dataset.test, epoch);
    const metrics = {
      epoch,
      trainLoss: train.loss,
      trainAccuracy: train.accuracy,
      testLoss: test.loss,
      testAccuracy: test.accuracy,
      learningRate,
      seconds,
      imagesPerSecond: dataset.train.count / seconds,
    };
    await keepEpoch(run.folder, model, session, metrics);
    tell({ event: 'epoch', ...metrics });
  }

  try {
    if (resumed === undefined) {
      const started = clock.now();
      const untrained = await measure(dataset.train, 0);
      await keep(0, untrained, 0, clock.now() - started);
      yield 0;
    }
    for (let epoch = (resumed ?? 0) + 1; epoch <= settings.epochs; epoch++) {
      const started = clock.now();
      const hyper = { ...settings, learningRate: learningRateAt(epoch, settings) };
      const draw = { seed: settings.seed, epoch, augmentation: settings.augmentation };
      const plan = { set: dataset.train, input, draw, batchSize: settings.batchSize, hyper };
      const result = await trainEpoch(model, session, plan, {
        signal,
        onStep: async (step, stepsPerEpoch, images) => {
          const imagesPerSecond = clock.imagesPerSecond(images, clock.now() - started);
          const epochsLeft = settings.epochs - epoch + 1;
          const imagesLeft = epochsLeft * dataset.train.count - images;
          const secondsLeft = clock.secondsLeft(imagesLeft, epochsLeft, imagesPerSecond);
          const progress = { epoch, epochs: settings.epochs, step, stepsPerEpoch, imagesPerSecond, secondsLeft };
          await status.progress(progress);
          tell({ event: 'progress', ...progress });
        },
      });
      const seconds = clock.now() - started;
      clock.trained(result.images, seconds);
      await keep(epoch, result, hyper.learningRate, seconds);
      yield epoch;
    }
  } finally {
    disposeState(session.state);
  }
}
