/** What is said of how far methods agree, the same in reports, panels and on the command line. */
import { counted } from '../../common/counted';
import { fixedText } from '../../common/numberText';
import { imagesText, noIntervalText, type Estimate } from '../../statistics';
import type { AgreementNumbers } from './numbers';

/** How maps of several resolutions are compared. */
export const AGREEMENT_RULE =
  'Two methods are compared on the coarser of their two grids, to which the finer map is averaged, with the sign that each publishes; a flat map is compared with none.';

/** "Grad-CAM and SmoothGrad"; parameters where one method is compared with itself. */
export function pairName({ methods, pairs }: Pick<AgreementNumbers, 'methods' | 'pairs'>, pair: number): string {
  const { a = 0, b = 0 } = pairs[pair] ?? {};
  return `${methodTitle(methods, a)} and ${methodTitle(methods, b)}`;
}

/** "SmoothGrad"; "SmoothGrad (seed 2)" where another of the methods is SmoothGrad with other parameters. */
export function methodTitle(methods: AgreementNumbers['methods'], place: number): string {
  const { id, name, parameters } = methods[place] as AgreementNumbers['methods'][number];
  const others = methods.filter((other, at) => other.id === id && at !== place);
  const differing = Object.entries(parameters).filter(([key, value]) =>
    others.some((other) => other.parameters[key] !== value),
  );
  return differing.length === 0 ? name : `${name} (${differing.map(([key, value]) => `${key} ${value}`).join(', ')})`;
}

/** Sentences on the last epoch, on the way there, and on methods that are the same by construction. */
export function agreementTexts(numbers: Pick<AgreementNumbers, 'methods' | 'pairs' | 'epochs'>): string[] {
  const { pairs, epochs } = numbers;
  const same = pairs.flatMap(({ isSame }, pair) =>
    isSame ? [`${pairName(numbers, pair)} give the same map at this layer by construction.`] : [],
  );
  const last = epochs.at(-1);
  const ranked = pairs
    .flatMap(({ isSame }, pair) => {
      const spearman = last?.pairs[pair]?.spearman ?? null;
      return isSame || spearman === null ? [] : [{ pair, spearman }];
    })
    .sort((a, b) => b.spearman.mean - a.spearman.mean);
  const [most, least] = [ranked[0], ranked.at(-1)];
  if (last === undefined || most === undefined || least === undefined)
    return [...same, 'No two maps can be compared: they are flat, or the same by construction.'];
  const name = ({ pair }: { readonly pair: number }): string => pairName(numbers, pair);
  const alone = `At epoch ${last.epoch} the rank correlation of ${name(most)} is ${meanText(most.spearman)}.`;
  const several = `At epoch ${last.epoch} ${name(most)} agree most (rank correlation ${meanText(most.spearman)}), and ${name(least)} least (${meanText(least.spearman)}).`;
  return [...same, ranked.length === 1 ? alone : several, ...wayText(numbers)];
}

/** How the mean over pairs goes from the first epoch to the last. */
function wayText({ pairs, epochs }: Pick<AgreementNumbers, 'pairs' | 'epochs'>): string[] {
  const [first, last] = [epochs[0], epochs.at(-1)];
  if (first === undefined || last === undefined || first === last) return [];
  const known = pairs.flatMap(({ isSame }, pair) => {
    const [before, after] = [first.pairs[pair]?.spearman, last.pairs[pair]?.spearman];
    return isSame || !before || !after ? [] : [{ before: before.mean, after: after.mean }];
  });
  if (known.length === 0) return [];
  const mean = (values: readonly number[]): string => fixedText(values.reduce((a, b) => a + b, 0) / values.length, 3);
  const over = known.length === 1 ? 'It' : `The mean over ${counted(known.length, 'pair')}`;
  return [
    `${over} goes from ${mean(known.map(({ before }) => before))} at epoch ${first.epoch} to ${mean(known.map(({ after }) => after))} at epoch ${last.epoch}.`,
  ];
}

/** "0.812, 95 % 0.760…0.851, 30 images" */
function meanText(estimate: Estimate): string {
  const { mean, n, interval } = estimate;
  const range =
    interval === null
      ? noIntervalText(estimate)
      : `95\u00a0% ${fixedText(interval.low, 3)}…${fixedText(interval.high, 3)}`;
  return `${fixedText(mean, 3)}, ${range}, ${imagesText(n)}`;
}
