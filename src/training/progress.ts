import { writeStatus, type EpochMetrics, type MicroBatch, type RunStatus } from '../runs';

/** What a training says while it runs. */
export type TrainingEvent =
  | {
      readonly event: 'started';
      readonly run: string;
      readonly epochs: number;
      /** The epoch that is gone on after; 0 also of a new training. */
      readonly fromEpoch: number;
      /** Within the next epoch, after so many of its steps; absent where that is trained from its beginning. */
      readonly within?: StoppedAt;
      /** What was found damaged, missing or incomplete, each a sentence for a person. */
      readonly damage: readonly string[];
      /** Whether the momentum began at zero, its state being lost. */
      readonly resetOptimizer: boolean;
      /** How many training images are kept back; absent where none are. */
      readonly validationImages?: number;
    }
  | ({ readonly event: 'microBatches' } & MicroBatch)
  | ({ readonly event: 'progress' } & TrainingProgress)
  | { readonly event: 'evaluating'; readonly epoch: number; readonly done: number; readonly of: number }
  | ({ readonly event: 'epoch' } & EpochMetrics)
  /** What is to be known, a sentence for a person. */
  | { readonly event: 'notice'; readonly text: string }
  | { readonly event: 'finished'; readonly run: string; readonly epoch: number }
  | {
      readonly event: 'cancelled';
      readonly run: string;
      /** The newest that is whole. */
      readonly epoch: number;
      /** Where it goes on, within the next epoch. */
      readonly stopped?: StoppedAt;
    };

/** After so many of an epoch's steps. */
export type StoppedAt = NonNullable<RunStatus['stopped']>;

export interface TrainingProgress {
  /** From 1. */
  readonly epoch: number;
  readonly epochs: number;
  readonly step: number;
  readonly stepsPerEpoch: number;
  readonly imagesPerSecond: number | null;
  readonly secondsLeft: number | null;
}

const STATUS_INTERVAL_MILLISECONDS = 1000;
/** So many sentences say enough: the log has all. */
const MOST_DAMAGE = 5;

/** Keeps status.json up to date: at every change of state, and between them once a second as a heartbeat. */
export function createStatusWriter(
  folder: string,
  epochs: number,
  stepsPerEpoch: number,
  /** What was found when it was gone on with. */
  damage: readonly string[] = [],
) {
  const startedAt = new Date().toISOString();
  let written = 0;
  let stopped: StoppedAt | undefined;
  let latest: TrainingProgress = { epoch: 0, epochs, step: 0, stepsPerEpoch, imagesPerSecond: null, secondsLeft: null };

  async function write(state: RunStatus['state'], error?: string): Promise<void> {
    written = Date.now();
    await writeStatus(folder, {
      ...latest,
      state,
      startedAt,
      ...(damage.length === 0 ? {} : { damage: damage.slice(0, MOST_DAMAGE) }),
      ...(state === 'cancelled' && stopped !== undefined ? { stopped } : {}),
      ...(error === undefined ? {} : { error }),
    });
  }

  return {
    async progress(progress: TrainingProgress): Promise<void> {
      latest = progress;
      if (Date.now() - written >= STATUS_INTERVAL_MILLISECONDS) await write('training');
    },
    async heartbeat(): Promise<void> {
      if (Date.now() - written >= STATUS_INTERVAL_MILLISECONDS) await write('training');
    },
    /** Where it goes on another time: said once it is cancelled. */
    stoppedAt(at: StoppedAt): void {
      stopped = at;
    },
    /** @param epoch the last one that is done */
    async state(state: RunStatus['state'], epoch: number, error?: string): Promise<void> {
      latest = { ...latest, epoch, step: 0, ...(state === 'training' ? {} : { secondsLeft: null }) };
      await write(state, error);
    },
  };
}
export type StatusWriter = ReturnType<typeof createStatusWriter>;

/**
 * Estimates the time left from what this process has measured itself: seconds an image in training, and seconds an
 * epoch's evaluations.
 */
export function createClock(now: () => number = () => performance.now() / 1000) {
  let trainingSeconds = 0;
  let trainedImages = 0;
  let evaluationSeconds = 0;

  return {
    now,
    trained(images: number, seconds: number): void {
      trainedImages += images;
      trainingSeconds += seconds;
    },
    /** An epoch's evaluations begin. */
    evaluates(): void {
      evaluationSeconds = 0;
    },
    evaluated(seconds: number): void {
      evaluationSeconds += seconds;
    },
    imagesPerSecond(images: number, seconds: number): number | null {
      return seconds > 0 ? (trainedImages + images) / (trainingSeconds + seconds) : null;
    },
    secondsLeft(imagesLeft: number, evaluationsLeft: number, imagesPerSecond: number | null): number | null {
      return imagesPerSecond === null ? null : imagesLeft / imagesPerSecond + evaluationsLeft * evaluationSeconds;
    },
  };
}
