/** Networks of the same names and shapes, told apart by what they predict: the weights are right for one of them only. */
import type { ArchitectureName } from '../architectures';
import { wholeText } from '../common/counted';
import { fixedText } from '../common/numberText';
import type { InputSettings } from '../models/input';
import { createModel } from '../models/model';
import { subset, type ImageSource } from '../datasets';
import { binomialTail } from '../statistics';
import { readCheckpoint, type NamedWeights } from '../weights/checkpoint';
import { createMeter, type MeasureWatch, type Measuring } from './measure';

/** How many of the sample each gets right. */
export interface TwinResult {
  readonly architecture: ArchitectureName;
  readonly right: number;
}

export interface TwinDecision {
  /** The best on the sample if it is better beyond chance, else the one that was recognised. */
  readonly taken: ArchitectureName;
  readonly isTold: boolean;
  /** The best first. */
  readonly results: readonly TwinResult[];
  /** Images of the sample. */
  readonly images: number;
  /** Images that one of the best two gets right and the other does not, and of these the best one's. */
  readonly differing: number;
  readonly bestOfDiffering: number;
  /** Of so many or more by chance, on both sides: McNemar's test, exact. */
  readonly p: number;
}

/** Test images that are looked at. */
const SAMPLE = 512;
/** Below this probability a difference is taken for one. */
const BEYOND_CHANCE = 0.01;

/**
 * @param recognised what is taken where nothing tells
 * @param input as the study gives images to the network
 * @returns undefined without test images
 * @throws InputError, WorkError, CancelledError
 */
export async function tellTwinsApart(
  [recognised, ...twins]: readonly [ArchitectureName, ...ArchitectureName[]],
  { path, stateDict }: Pick<NamedWeights, 'path' | 'stateDict'>,
  input: InputSettings,
  { dataset, start }: Measuring,
  watch: MeasureWatch,
): Promise<TwinDecision | undefined> {
  const test = sampleOf(dataset.test);
  const measured: { readonly architecture: ArchitectureName; readonly hits: readonly boolean[] }[] = [];
  for (const architecture of [recognised, ...twins]) {
    const model = createModel(architecture, input.inputSize, dataset.classNames.length);
    const meter = await createMeter(model, input, { dataset: { ...dataset, test }, start });
    if (meter === undefined) return undefined;
    const { weights } = await readCheckpoint({ path, stateDict }, model);
    const { predictions } = await meter.measure(weights, watch);
    measured.push({ architecture, hits: [...predictions].map((predicted, at) => predicted === test.labels[at]) });
  }
  return decide(recognised, measured);
}

interface Measured {
  readonly architecture: ArchitectureName;
  readonly hits: readonly boolean[];
}

/** @param measured the recognised one first, two at least, on the same images */
export function decide(recognised: ArchitectureName, measured: readonly Measured[]): TwinDecision {
  const countOf = ({ hits }: Measured): number => hits.filter(Boolean).length;
  const [best, second] = [...measured].sort((a, b) => countOf(b) - countOf(a)) as [Measured, Measured];
  const [only, other] = [onlyIn(best.hits, second.hits), onlyIn(second.hits, best.hits)];
  const differing = only + other;
  const p = differing === 0 ? 1 : Math.min(1, 2 * binomialTail(only, differing, 0.5));
  const isTold = p < BEYOND_CHANCE;
  return {
    taken: isTold ? best.architecture : recognised,
    isTold,
    results: [...measured]
      .sort((a, b) => countOf(b) - countOf(a))
      .map((each) => ({ architecture: each.architecture, right: countOf(each) })),
    images: best.hits.length,
    differing,
    bestOfDiffering: only,
    p,
  };
}

function onlyIn(hits: readonly boolean[], others: readonly boolean[]): number {
  return hits.filter((isHit, at) => isHit && others[at] !== true).length;
}

/** Spread over the whole set, which may lie there class by class. */
function sampleOf(test: ImageSource): ImageSource {
  const count = Math.min(SAMPLE, test.count);
  return subset(
    test,
    Uint32Array.from({ length: count }, (_, at) => Math.floor((at * test.count) / count)),
  );
}

/** What was found, and what was taken, in a sentence or two. */
export function twinDecisionText(decision: TwinDecision): string {
  const { taken, isTold, results, images, differing, bestOfDiffering, p } = decision;
  const names = results.map(({ architecture }) => architecture).join(' and ');
  const counts = results.map(({ architecture, right }) => `${architecture} gets ${wholeText(right)}`).join(', ');
  const test = `${wholeText(differing)} are right by one alone, ${wholeText(bestOfDiffering)} of them by ${results[0]?.architecture ?? ''} (exact McNemar test, p = ${pText(p)})`;
  const measured = `of ${wholeText(images)} test images ${counts} right; ${test}`;
  return isTold
    ? `The names and shapes of ${names} are the same; ${measured}. ${taken} is taken.`
    : `The names and shapes of ${names} are the same, and the test images do not tell them apart: ${measured}. ${taken} is taken; --architecture chooses.`;
}

function pText(p: number): string {
  return p < 0.001 ? p.toExponential(0) : fixedText(p, 3);
}
