/** Measures of runs over epochs. */
import type { Series } from '../../src/comparison/facts';
import type { EpochValues, RunCurve, Steps } from '../../src/protocol/metrics';
import { PARTS, type Part } from './measures';

/** Measures that are of several sets of images: which of them are shown is chosen. */
const SPLIT: Readonly<Record<string, Readonly<Record<Part, keyof EpochValues>>>> = {
  accuracy: { test: 'testAccuracy', validation: 'validationAccuracy', train: 'trainAccuracy' },
  loss: { test: 'testLoss', validation: 'validationLoss', train: 'trainLoss' },
};
/** Those that an epoch's metrics have once. */
const SINGLE: Readonly<Record<string, keyof EpochValues>> = {
  learningRate: 'learningRate',
  imagesPerSecond: 'imagesPerSecond',
};

/** Of which the metrics have more than one curve a run. */
export function isSplit(measure: string): boolean {
  return Object.hasOwn(SPLIT, measure);
}

/** Whether the metrics of every training have it. */
export function isMetric(measure: string): boolean {
  return isSplit(measure) || Object.hasOwn(SINGLE, measure);
}

/** The parts of which a measure is drawn: the chosen ones, or the one there is. */
export function partsOfMeasure(measure: string, chosen: readonly Part[]): readonly Part[] {
  return isSplit(measure) ? PARTS.filter((part) => chosen.includes(part)) : ['test'];
}

/** Ascending in epochs; empty where it was not measured. */
export function seriesOf(curve: Pick<RunCurve, 'epochs' | 'more'>, measure: string, part: Part): Series {
  const field = SPLIT[measure]?.[part] ?? SINGLE[measure];
  if (field === undefined) return curve.more[measure] ?? { epochs: [], values: [] };
  // The learning rate before the first step is 0, and the speed that of an evaluation.
  const epochs = isSplit(measure) ? curve.epochs : curve.epochs.filter(({ epoch }) => epoch > 0);
  return { epochs: epochs.map(({ epoch }) => epoch), values: epochs.map((values) => values[field] ?? null) };
}

/** Null where it was not measured at that epoch. */
export function valueAt({ epochs, values }: Series, epoch: number): number | null {
  const place = epochs.indexOf(epoch);
  return place === -1 ? null : (values[place] ?? null);
}

/** What steps have of a measure, if it is drawn within epochs. */
export function stepsOf(steps: Steps, measure: string, parts: readonly Part[]): Series | undefined {
  const values = {
    loss: parts.includes('train') ? steps.loss : undefined,
    learningRate: steps.learningRate,
    imagesPerSecond: steps.imagesPerSecond,
  }[measure];
  return values === undefined || values.length === 0 ? undefined : { epochs: steps.at, values };
}
