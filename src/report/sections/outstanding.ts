/** Which perturbation or checkpoint stands out, in sentences: a superlative only where it is more than chance. */
import { fallsText, isRise } from '../../common/dropText';
import type { Measured } from '../../measures/robustness/measured';
import { checkpointName, weightsAt } from '../../runs';
import {
  imagesText,
  LEAST_IMAGES,
  meanOf,
  pairedDifference,
  pairedShareDifference,
  percentOf,
  type Share,
} from '../../statistics';
import { largest, type Difference, type Outstanding } from '../claims';
import { cleanAccuracies, cleanDifference, meansOfImages, type CleanAccuracy } from '../cleanAccuracy';
import type { RobustnessContent, RunContent } from '../content';
import { entryName } from '../entryNames';
import { epochList } from '../epochs';
import { listed, percent } from '../numbers';

/** Values of each image, in the order of the test set. */
interface Values {
  readonly values: readonly number[];
  /** Whether they are 1 or 0 alone. */
  readonly shares: boolean;
}

/** Over the images that both were measured on: the first of the test set. */
function differenceOf(a: Values, b: Values): Difference {
  const n = Math.min(a.values.length, b.values.length);
  if (n === 0) return { mean: 0, n, interval: null, intervalFrom: LEAST_IMAGES };
  const [ofA, ofB] = [a.values.slice(0, n), b.values.slice(0, n)];
  return a.shares && b.shares ? pairedShareDifference(ofA, ofB) : pairedDifference(ofA, ofB);
}

interface TestedEntry extends Values {
  readonly name: string;
  readonly measured: Measured;
  /** In percentage points. */
  readonly loss: number;
}

/** Under which perturbation of the last checkpoint accuracy falls furthest. */
export function hardestText(
  { checkpoints, run: { manifest } }: RunContent,
  { entries }: RobustnessContent,
): string | undefined {
  const at = checkpoints.length - 1;
  const tested = entries.flatMap((entry): TestedEntry[] => {
    const measured = entry.results[at]?.measured;
    return measured === undefined ? [] : [testedEntry(entryName(entry, entries), measured)];
  });
  const [only] = tested;
  if (only === undefined) return undefined;
  const where = `At ${checkpointName(manifest, checkpoints[at]?.epoch ?? 0)}`;
  if (tested.length === 1) return `${where} the model gets ${accuracyText(only)}, under ${only.name}.`;
  const outstanding = largest(tested, ({ loss }) => loss, differenceOf);
  const { first } = outstanding;
  const found = `${accuracyText(first)} under ${first.name}`;
  if (!isLoss(first)) return `${where} accuracy falls under none of the perturbations: ${found}.`;
  const uncompared = uncomparedText(outstanding, (each) => listed(each.map(({ name }) => name)));
  // What accuracy does not fall under is no candidate.
  const alike = outstanding.alike.filter(isLoss);
  if (alike.length > 0)
    return `${where} accuracy falls furthest under several perturbations, with no difference that can be told from chance between ${listed([first, ...alike].map(({ name }) => name))}: ${found}${uncompared}.`;
  if (outstanding.alike.length === 0 && outstanding.unknown.length === 0)
    return `${where} the hardest perturbation is ${first.name}: ${accuracyText(first)}.`;
  const isAlone = tested.filter(isLoss).length === 1;
  return `${where} accuracy falls ${isAlone ? 'under one perturbation alone' : 'furthest under one perturbation'}: ${found}${uncompared}.`;
}

/** How often each image is wrong: at one checkpoint the clean images are the same, and cancel. */
function testedEntry(name: string, measured: Measured): TestedEntry {
  const { clean, accuracy, perImage, rounds } = measured;
  return {
    name,
    measured,
    loss: percentOf(clean.accuracy) - percentOf(accuracy),
    values: perImage.correct.map((correct) => 1 - correct / rounds),
    shares: rounds === 1,
  };
}

/** What rounds to zero is none. */
function isLoss({ loss }: TestedEntry): boolean {
  return Number(loss.toFixed(2)) > 0;
}

function accuracyText({ measured: { clean, accuracy } }: TestedEntry): string {
  return `${shareText(accuracy)} right, of ${shareText(clean.accuracy)} clean`;
}

/** "75.00 % (450 of 600)" */
function shareText(share: Share): string {
  return `${percent(percentOf(share))} (${share.count} of ${share.of})`;
}

/** "; noise cannot be compared with it: only 40 images in common" */
function uncomparedText<T>({ unknown }: Outstanding<T>, namesOf: (candidates: readonly T[]) => string): string {
  const counts = [...new Set(unknown.map(({ images }) => images))].sort((a, b) => a - b);
  return counts
    .map((count) => {
      const names = namesOf(unknown.filter(({ images }) => images === count).map(({ candidate }) => candidate));
      return `; ${names} cannot be compared with it: only ${imagesText(count)} in common`;
    })
    .join('');
}

interface TestedCheckpoint {
  readonly epoch: number;
  readonly clean: CleanAccuracy;
  /** Of confidence, of each image the mean over perturbations. */
  readonly drops: Values;
  readonly drop: number;
}

/**
 * Which checkpoint is the most accurate, and at which confidence falls least. Of trained ones: an untrained one is sure of
 * nothing, and so has nothing to lose.
 */
export function steadiestText(run: RunContent, { entries }: RobustnessContent): string | undefined {
  const { manifest } = run.run;
  const places = run.checkpoints
    .map(({ epoch }, at) => ({ epoch, at }))
    .filter(({ epoch, at }) => weightsAt(manifest, epoch) === 'trained' && entries.every(({ results }) => results[at]))
    .map(({ at }) => at);
  if (places.length < 2 || entries.length === 0) return undefined;
  const compared = comparedEntries(entries, places);
  const clean = cleanAccuracies(run, entries, places);
  const tested = places.flatMap((at, place): TestedCheckpoint[] => {
    const accuracy = clean[place] ?? null;
    const epoch = run.checkpoints[at]?.epoch ?? 0;
    const values = meansOfImages(compared.map(({ results }) => results[at]?.measured.perImage.drop ?? []));
    if (accuracy === null) return [];
    return [{ epoch, clean: accuracy, drops: { values, shares: false }, drop: meanDrop(compared, at, values) }];
  });
  const basis = `on average over ${comparedText(entries, compared)}, ${imagesText(tested[0]?.drops.values.length ?? 0)}`;
  return `Of the checkpoints ${listed(tested.map(({ epoch }) => epoch))} ${mostAccurateText(tested)}; ${leastFallText(tested, basis)}.`;
}

/** Those with enough images for an interval; where there are none, those with the most. */
function comparedEntries(
  entries: RobustnessContent['entries'],
  places: readonly number[],
): RobustnessContent['entries'] {
  const imagesOf = ({ results }: (typeof entries)[number]): number =>
    Math.min(...places.map((at) => results[at]?.measured.images ?? 0));
  const least = Math.min(LEAST_IMAGES, Math.max(...entries.map(imagesOf)));
  return entries.filter((entry) => imagesOf(entry) >= least);
}

/** Of the images that are compared; of a result without single images, of all. */
function meanDrop(entries: RobustnessContent['entries'], at: number, values: readonly number[]): number {
  const all = entries.map(({ results }) => results[at]?.measured.confidenceDrop.ofPrediction.mean ?? 0);
  return meanOf(values.length > 0 ? values : all);
}

/** "the perturbations", or "rotation and noise" of more. */
function comparedText(entries: RobustnessContent['entries'], compared: RobustnessContent['entries']): string {
  if (compared.length === entries.length) return 'the perturbations';
  return listed(compared.map((entry) => entryName(entry, entries)));
}

function mostAccurateText(tested: readonly TestedCheckpoint[]): string {
  const valueOf = ({ clean }: TestedCheckpoint): number => percentOf(clean.share);
  const best = largest(tested, valueOf, (a, b) => cleanDifference(a.clean, b.clean));
  const { count, of } = best.first.clean.share;
  const accuracy = `${percent(valueOf(best.first))}, ${count} of ${of}`;
  const at = epochList(equalTo(best, tested, valueOf));
  const uncompared = uncomparedText(best, epochsOf);
  if (best.alike.length > 0)
    return `several are the most accurate, with ${noDifference(best)} (${accuracy}, at ${at})${uncompared}`;
  if (best.unknown.length > 0) return `the highest accuracy is at ${at} (${accuracy})${uncompared}`;
  return `epoch ${best.first.epoch} is the most accurate (${accuracy})`;
}

/** @param basis what a drop is the mean over */
function leastFallText(tested: readonly TestedCheckpoint[], basis: string): string {
  const valueOf = ({ drop }: TestedCheckpoint): number => -drop;
  const steady = largest(tested, valueOf, (a, b) => differenceOf(b.drops, a.drops));
  const { epoch, drop } = steady.first;
  const least = isRise(drop, 4) ? 'rises most' : 'falls least';
  const change = `it ${fallsText(drop, 4)} ${basis}`;
  const at = epochList(equalTo(steady, tested, valueOf));
  const uncompared = uncomparedText(steady, epochsOf);
  if (steady.alike.length > 0)
    return `at several confidence ${least}, with ${noDifference(steady)} (at ${at} ${change})${uncompared}`;
  if (steady.unknown.length > 0) return `the least mean drop of confidence is at ${at}: ${change}${uncompared}`;
  return `at epoch ${epoch} confidence ${least}: ${change}${lastText(steady.first, tested)}`;
}

/** The epochs of the largest value, of equal ones all. */
function equalTo(
  { first }: Outstanding<TestedCheckpoint>,
  tested: readonly TestedCheckpoint[],
  valueOf: (checkpoint: TestedCheckpoint) => number,
): number[] {
  return tested.filter((each) => valueOf(each) === valueOf(first)).map(({ epoch }) => epoch);
}

/** "; at epoch 20 it falls by 0.0123": at the last one, where it is not this one. */
function lastText(steadiest: TestedCheckpoint, tested: readonly TestedCheckpoint[]): string {
  const last = tested.at(-1);
  if (last === undefined || last === steadiest) return '';
  return `; at epoch ${last.epoch} it ${fallsText(last.drop, 4)}`;
}

function epochsOf(tested: readonly TestedCheckpoint[]): string {
  return epochList(tested.map(({ epoch }) => epoch).sort((a, b) => a - b));
}

function noDifference({ first, alike }: Outstanding<TestedCheckpoint>): string {
  return `no difference that can be told from chance between ${epochsOf([first, ...alike])}`;
}
