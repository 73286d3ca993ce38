/** The mean and standard deviation that a network carries with it, as wrappers that normalise their inputs have them. */
import type { StoredTensor, StoredTensors } from '../stored';

/** For what was subtracted, the names of what was then divided by. */
const PAIRS: readonly (readonly [mean: string, deviations: readonly string[]])[] = [
  ['means', ['stds', 'sds', 'std']],
  ['mean', ['std', 'sd', 'stdev', 'sigma']],
  ['mu', ['sigma', 'std']],
];
const CHANNELS = 3;
/** Pixels in 0 … 1 have neither a mean nor a deviation above this: those are of pixels in 0 … 255. */
const MOST_OF_UNIT = 1.5;
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
  const prefixes = Object.keys(facts).flatMap((key) => /^(.*\.)?mean$/.exec(key)?.slice(1) ?? []);
  for (const prefix of prefixes.map((each) => (each as string | undefined) ?? '')) {
    const [mean, std] = [numbersOf(facts[`${prefix}mean`]), numbersOf(facts[`${prefix}std`])];
    const found = normalizationOf(mean, std);
    if (found !== undefined) return found;
  }
  return undefined;
}

function numbersOf(text: string | undefined): number[] | undefined {
  const values = (text ?? '').split(',').map((word) => (word.trim() === '' ? NaN : Number(word)));
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
  const scale = [...mean, ...std].some((value) => value > MOST_OF_UNIT) ? LEVELS : 1;
  const text = (values: readonly number[]): string =>
    values.map((value) => String(Number((value / scale).toPrecision(DIGITS)))).join();
  const isSound = [...mean, ...std].every(Number.isFinite) && std.every((value) => value > 0);
  return isSound ? { mean: text(mean), std: text(std) } : undefined;
}
