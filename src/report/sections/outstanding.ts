/** Which perturbation or checkpoint stands out, in sentences: a superlative only where it is more than chance. */
import { fallsText, isRise } from '../../common/dropText';
import type { Measured } from '../../protocol/measured';
import { checkpointName, weightsAt } from '../../runs';
import { meanOf, pairedDifference, pairedShareDifference, percentOf, type Estimate } from '../../statistics';
import { largest, type Outstanding } from '../claims';
import type { RobustnessContent, RunContent } from '../content';
import { epochList } from '../epochs';
import { listed, percent } from '../numbers';

/** A checkpoint or perturbation, with a value of each image, in the order of the test set. */
interface Candidate {
  readonly name: string;
  readonly values: readonly number[];
  /** Whether the values are 1 or 0 alone. */
  readonly shares: boolean;
}

/** Of the images that both were measured on: the first of the test set. */
function differenceOf(a: Candidate, b: Candidate): Estimate | null {
  const n = Math.min(a.values.length, b.values.length);
  if (n === 0) return null;
  const [ofA, ofB] = [a.values.slice(0, n), b.values.slice(0, n)];
  return a.shares && b.shares ? pairedShareDifference(ofA, ofB) : pairedDifference(ofA, ofB);
}

/** Under which perturbation of the last checkpoint accuracy falls furthest. */
export function hardestText(
  checkpoints: RunContent['checkpoints'],
  { entries }: RobustnessContent,
): string | undefined {
  const at = checkpoints.length - 1;
  const measured = entries.flatMap(({ title, results }) => {
    const result = results[at]?.measured;
    return result === undefined ? [] : [{ title, result, loss: lossOf(result), ...errorsOf(title, result) }];
  });
  const [only] = measured;
  if (only === undefined) return undefined;
  const where = `At epoch ${checkpoints[at]?.epoch ?? 0}`;
  if (measured.length === 1) return `${where} the model gets ${accuracyText(only.result)}, under ${only.title}.`;
  const { first, alike } = largest(measured, ({ loss }) => loss, differenceOf);
  const found = `${accuracyText(first.result)} under ${first.title}`;
  if (!(first.loss > 0)) return `${where} accuracy falls under none of the perturbations: ${found}.`;
  if (alike.length === 0) return `${where} the hardest perturbation is ${first.title}: ${accuracyText(first.result)}.`;
  return `${where} accuracy falls furthest under several perturbations, with no difference that can be told from chance between ${names([first, ...alike])}: ${found}.`;
}

/** In percentage points. */
function lossOf({ clean, accuracy }: Measured): number {
  return percentOf(clean.accuracy) - percentOf(accuracy);
}

function accuracyText({ clean, accuracy }: Measured): string {
  return `${percent(percentOf(accuracy))} right, of ${percent(percentOf(clean.accuracy))} clean`;
}

/** How often each image is wrong: at one checkpoint the clean images are the same, and cancel. */
function errorsOf(name: string, { perImage, rounds }: Measured): Candidate {
  return { name, values: perImage.correct.map((correct) => 1 - correct / rounds), shares: rounds === 1 };
}

interface TestedCheckpoint {
  readonly epoch: number;
  /** Of the clean images, and by how much confidence falls on average over the perturbations. */
  readonly accuracy: number;
  readonly drop: number;
  readonly clean: Candidate;
  readonly drops: Candidate;
}

/**
 * Which checkpoint is the most accurate, and at which confidence falls least. Of trained ones: an untrained one is sure of
 * nothing, and so has nothing to lose.
 */
export function steadiestText(
  checkpoints: RunContent['checkpoints'],
  { entries }: RobustnessContent,
): string | undefined {
  const tested = checkpoints.flatMap(({ epoch }, at) => {
    const results = entries.flatMap(({ results: all }) => {
      const measured = all[at]?.measured;
      return measured === undefined ? [] : [measured];
    });
    return epoch === 0 || results.length < entries.length ? [] : testedCheckpoint(epoch, results);
  });
  if (tested.length < 2) return undefined;
  const best = largest(
    tested,
    ({ accuracy }) => accuracy,
    (a, b) => differenceOf(a.clean, b.clean),
  );
  const steady = largest(
    tested,
    ({ drop }) => -drop,
    (a, b) => differenceOf(b.drops, a.drops),
  );
  const among = `Of the checkpoints ${listed(tested.map(({ epoch }) => epoch))}`;
  const accuracy = percent(best.first.accuracy);
  const accurate =
    best.alike.length === 0
      ? `epoch ${best.first.epoch} is the most accurate (${accuracy})`
      : `several are the most accurate, with ${noDifference(best)} (${accuracy} at epoch ${best.first.epoch})`;
  const { epoch, drop } = steady.first;
  const least = isRise(drop, 4) ? 'rises most' : 'falls least';
  const change = `it ${fallsText(drop, 4)} on average over the perturbations`;
  const steadiest =
    steady.alike.length === 0
      ? `at epoch ${epoch} confidence ${least}: ${change}${lastText(steady.first, tested)}`
      : `at several confidence ${least}, with ${noDifference(steady)} (at epoch ${epoch} ${change})`;
  return `${among} ${accurate}; ${steadiest}.`;
}

function testedCheckpoint(epoch: number, results: readonly Measured[]): TestedCheckpoint[] {
  const [first] = results;
  if (first === undefined) return [];
  const images = Math.min(...results.map(({ perImage }) => perImage.drop.length));
  const drops = Array.from({ length: images }, (_, image) =>
    meanOf(results.map(({ perImage }) => perImage.drop[image] as number)),
  );
  return [
    {
      epoch,
      accuracy: percentOf(first.clean.accuracy),
      drop: meanOf(results.map(({ confidenceDrop }) => confidenceDrop.ofPrediction.mean)),
      clean: { name: `epoch ${epoch}`, values: first.perImage.cleanCorrect, shares: true },
      drops: { name: `epoch ${epoch}`, values: drops, shares: false },
    },
  ];
}

/** ", against 0.0123 at epoch 20": at the last one, where it is not this one. */
function lastText(steadiest: TestedCheckpoint, tested: readonly TestedCheckpoint[]): string {
  const last = tested.at(-1);
  if (last === undefined || last === steadiest) return '';
  return `; at epoch ${last.epoch} it ${fallsText(last.drop, 4)}`;
}

function names(candidates: readonly Candidate[]): string {
  return listed(candidates.map(({ name }) => name));
}

function noDifference({ first, alike }: Outstanding<TestedCheckpoint>): string {
  const epochs = [first, ...alike].map(({ epoch }) => epoch).sort((a, b) => a - b);
  return `no difference that can be told from chance between ${epochList(epochs)}`;
}
