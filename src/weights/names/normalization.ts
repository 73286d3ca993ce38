/** The mean and standard deviation that a network carries with it, as wrappers that normalise their inputs have them. */
import type { StoredTensor, StoredTensors } from '../stored';

/** For what was subtracted, the names of what was then divided by. */
const PAIRS: readonly (readonly [mean: string, deviations: readonly string[]])[] = [
  ['means', ['stds', 'sds', 'std']],
  ['mean', ['std', 'sd', 'stdev', 'sigma']],
  ['mu', ['sigma', 'std']],
];
const CHANNELS = 3;
/** Pixels in 0 … 1 have neither a mean nor a deviation above these, however few levels they are scaled to. */
const MOST_MEAN = 1.5;
const MOST_DEVIATION = 10;
const LEVELS = 255;
/** As many as a float32 has for certain. */
const DIGITS = 7;

export interface NormalizationText {
  /** `red,green,blue`, of pixels in 0 … 1. */
  readonly mean: string;
  readonly std: string;
}

/** As text, and the names of the two tensors. @param tensors those of no network. The one nearest to the top counts. */
export function normalizationOfTensors(
  tensors: StoredTensors,
): { readonly text: NormalizationText; readonly names: readonly string[] } | undefined {
  for (const [name, tensor] of [...tensors].sort(([a], [b]) => a.split('.').length - b.split('.').length)) {
    for (const [mean, deviations] of PAIRS) {
      const lead = name.endsWith(mean) ? name.slice(0, -mean.length) : undefined;
      if (lead === undefined || !/(^|[._])$/.test(lead)) continue;
      const std = deviations.map((each) => lead + each).find((each) => tensors.has(each)) ?? '';
      const text = normalizationOf(channelsOf(tensor), channelsOf(tensors.get(std)));
      if (text !== undefined) return { text, names: [name, std] };
    }
  }
  return undefined;
}

/** As scripts write them down as numbers, beside the weights or among their arguments. */
export function normalizationOfFacts(facts: Readonly<Record<string, string>>): NormalizationText | undefined {
  for (const key of Object.keys(facts)) {
    for (const [mean, deviations] of PAIRS) {
      const lead = key.endsWith(mean) ? key.slice(0, -mean.length) : undefined;
      if (lead === undefined || !/(^|[._])$/.test(lead)) continue;
      const std = deviations.map((each) => lead + each).find((each) => facts[each] !== undefined) ?? '';
      const isOfInputs = OF_INPUTS.test(lead);
      const found = normalizationOf(numbersOf(facts[key], isOfInputs), numbersOf(facts[std], isOfInputs));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** Settings of how inputs are made: elsewhere a mean and a deviation of one number may be of accuracies. */
const OF_INPUTS = /norm|transform|preprocess|input|pixel|image/i;

/** Three, or one for all: `0.485,0.456,0.406`, also within brackets as JSON and Python write them. */
function numbersOf(text: string | undefined, mayBeOne: boolean): number[] | undefined {
  const inner = (text ?? '').trim().replace(/^[[(](.*?),?[\])]$/, '$1');
  const values = inner.split(/[,\s]+/).map((word) => (word === '' ? NaN : Number(word)));
  const [only = NaN] = values;
  if (mayBeOne && values.length === 1 && Number.isFinite(only)) return new Array<number>(CHANNELS).fill(only);
  return values.length === CHANNELS ? values : undefined;
}

function channelsOf(tensor: StoredTensor | undefined): number[] | undefined {
  if (tensor === undefined) return undefined;
  const { shape, data } = tensor;
  const count = shape.reduce((a, b) => a * b, 1);
  if (count === 1) return new Array<number>(CHANNELS).fill(data[0] ?? NaN);
  return count === CHANNELS ? [...data] : undefined;
}

function normalizationOf(
  mean: readonly number[] | undefined,
  std: readonly number[] | undefined,
): NormalizationText | undefined {
  if (mean === undefined || std === undefined) return undefined;
  const isOfLevels = mean.some((value) => value > MOST_MEAN) || std.some((value) => value > MOST_DEVIATION);
  const scale = isOfLevels ? LEVELS : 1;
  const text = (values: readonly number[]): string =>
    values.map((value) => String(Number((value / scale).toPrecision(DIGITS)))).join();
  const isSound = [...mean, ...std].every(Number.isFinite) && std.every((value) => value > 0);
  return isSound ? { mean: text(mean), std: text(std) } : undefined;
}
