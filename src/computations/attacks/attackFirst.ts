/** The first images of a set under an attack with its restarts, batch by batch. */
import { CancelledError } from '../../common/errors';
import { yieldToEvents } from '../../common/yieldToEvents';
import { readRange, type ImageSource } from '../../datasets';
import type { Attacked } from '../../measures/attacks/measured';
import { requireFinite } from '../../models/finite';
import { gradientBatchSize } from '../../models/memory/inference';
import type { MeasureSteps } from '../robustness/measure';
import { attackOnce, logitsOf, type Batch, type Network } from './attackOnce';
import { margin } from './margin';
import type { AttackSettings } from './schema';

export interface ImagesToAttack {
  readonly set: ImageSource;
  /** The first so many. */
  readonly count: number;
  readonly attack: AttackSettings;
}

export interface AttackedImages {
  readonly counts: Attacked;
  /**
   * [count, classes]: of an image that is classified rightly those of the restart by which its label is least ahead,
   * of any other its own.
   */
  readonly logits: Float32Array;
}

/**
 * An image counts as right where it is classified rightly as it is and after the last step of each restart. Only images
 * that still count as right are attacked again.
 * @throws WorkError where a logit is not a finite number, with its image's place; CancelledError between two batches
 */
export async function attackFirst(
  network: Network,
  { set, count, attack }: ImagesToAttack,
  { signal, yieldTurn, advance }: MeasureSteps,
): Promise<AttackedImages> {
  const { classes } = network.model;
  const logits = new Float32Array(count * classes);
  const counts = { of: count, clean: 0, correct: 0, unmoved: 0 };
  const batchSize = gradientBatchSize(network.model);
  const pause = async (): Promise<void> => {
    await yieldTurn();
    await yieldToEvents();
    if (signal.aborted) throw new CancelledError();
  };
  for (let start = 0; start < count; start += batchSize) {
    const length = Math.min(batchSize, count - start);
    const all = { start, height: set.height, width: set.width, ...(await readRange(set, start, length, signal)) };
    const worst = checked(logitsOf(network, all, length), start, classes);
    const labels = set.labels;
    const isRight = (i: number): boolean =>
      margin(worst.subarray(i * classes, (i + 1) * classes), labels[start + i] as number) > 0;
    const clean = Array.from({ length }, (_, i) => i).filter(isRight);
    const unmoved = new Set(clean);
    let left = clean;
    for (let restart = 0; restart < attack.restarts; restart++) {
      if (left.length > 0) {
        const batch: Batch = { ...all, places: left, labels: left.map((i) => labels[start + i] as number) };
        const found = await attackOnce(network, batch, attack, restart, pause);
        checked(found.logits, start, classes, left);
        left.forEach((i, at) => {
          const each = found.logits.subarray(at * classes, (at + 1) * classes);
          const label = labels[start + i] as number;
          if (found.moved[at] !== 0) unmoved.delete(i);
          const before = worst.subarray(i * classes, (i + 1) * classes);
          if (margin(each, label) < margin(before, label)) before.set(each);
        });
        left = left.filter(isRight);
      }
      advance(length * attack.steps);
      await pause();
    }
    logits.set(worst, start * classes);
    counts.clean += clean.length;
    counts.correct += left.length;
    counts.unmoved += unmoved.size;
  }
  return { counts, logits };
}

/** @param places of the images in the batch, where they are not all of it */
function checked(logits: Float32Array, start: number, classes: number, places?: readonly number[]): Float32Array {
  for (let at = 0; at < logits.length / classes; at++) {
    requireFinite(`image ${start + (places?.[at] ?? at)}`, logits.subarray(at * classes, (at + 1) * classes));
  }
  return logits;
}
