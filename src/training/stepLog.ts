/** Writes steps.jsonl while an epoch is trained: what it costs is a few short writes a second. */
import { appendSteps, stepsPerLine, type StepLine } from '../runs';

/** Of an epoch, from its beginning to a step. */
export interface EpochSoFar {
  /** The steps that are done, from 1. */
  readonly step: number;
  readonly steps: number;
  readonly images: number;
  /** Over those images: of the loss at the step that met them. */
  readonly lossSum: number;
  /** How many of them were classified rightly. */
  readonly correct: number;
}

/** Of an epoch, as far as lines were written of it. */
export interface Logged extends Pick<EpochSoFar, 'images' | 'lossSum' | 'correct'> {
  /** Since the epoch began. */
  readonly seconds: number;
}

const FLUSH_SECONDS = 0.5;
const NOTHING: Logged = { images: 0, lossSum: 0, correct: 0, seconds: 0 };

export interface StepLog {
  /** @param seconds since the epoch began. @throws WorkError where the file cannot be written */
  step(epoch: number, soFar: EpochSoFar, learningRate: number, seconds: number): Promise<void>;
  /** Writes what waits. @returns what the next line begins after @throws WorkError */
  flush(): Promise<Logged>;
}

export interface StepLogOptions {
  /** Of an epoch that is gone on with. */
  readonly begun?: Logged | undefined;
  /** In seconds. */
  readonly now?: () => number;
}

/** @param epochs of the training */
export function createStepLog(
  folder: string,
  epochs: number,
  { begun = NOTHING, now = () => performance.now() / 1000 }: StepLogOptions = {},
): StepLog {
  let before = begun;
  let waiting: StepLine[] = [];
  let flushed = now();

  async function flush(): Promise<Logged> {
    const lines = waiting;
    waiting = [];
    flushed = now();
    await appendSteps(folder, lines);
    return before;
  }

  return {
    async step(epoch, { step, steps, images, lossSum, correct }, learningRate, seconds) {
      if (step === 1) before = NOTHING;
      const isLast = step === steps;
      if (step % stepsPerLine(steps, epochs) !== 0 && !isLast) return;
      const count = images - before.images;
      waiting.push({
        ...{ epoch, step, of: steps },
        loss: sixDigits((lossSum - before.lossSum) / count),
        accuracy: sixDigits((100 * (correct - before.correct)) / count),
        learningRate,
        imagesPerSecond: sixDigits(count / (seconds - before.seconds)),
      });
      before = { images, lossSum, correct, seconds };
      if (!isLast && now() - flushed < FLUSH_SECONDS) return;
      await flush();
    },
    flush,
  };
}

/** JSON has neither NaN nor infinity. */
function sixDigits(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(6)) : null;
}
