/** What `sanity` prints. */
import type { ResultOf } from '../../computations';
import { AGREEMENT_MEASURES } from '../../measures/sanity/agreement';
import type { Agreement, Verdict } from '../../measures/sanity/numbers';
import { methodAtLayer } from '../../measures/sanity/text';
import { checkpointNumber, type Run } from '../../runs';
import type { Estimate } from '../../statistics';
import { dashLines, meanCells } from './estimates';
import { table, withoutEmptyColumns, type Output } from './output';

type Point = Agreement & {
  readonly chance: Agreement;
  readonly aboveChance: Estimate | null;
  readonly verdict: Verdict;
};

const [SIGNED, ...OTHERS] = AGREEMENT_MEASURES;
const HEADER = [
  SIGNED.short,
  '95 %',
  'random map',
  'difference',
  '95 %',
  ...OTHERS.map(({ short }) => short),
  'images',
  'maps are',
];

/** A table for each check of each method, and the sentences below. */
export function printSanity(output: Output, { methods }: ResultOf<'sanity'>, manifest: Run['manifest']): void {
  for (const [at, each] of methods.entries()) {
    if (at > 0) output.line();
    const name = methodAtLayer(each);
    const { classSensitivity, randomisation, against } = each;
    const named = (epoch: number): string => checkpointNumber(manifest, epoch);
    if (classSensitivity !== null)
      printTable(output, `${name}: the predicted class and the runner-up`, 'epoch', rowsOf(classSensitivity, named));
    if (against !== null)
      printTable(output, `${name}: this run and the other, of the same class`, 'epoch', rowsOf(against, named));
    if (randomisation !== null) {
      const { cascading, alone } = randomisation;
      const down = cascading.map((point) => [`… to ${point.group}`, point] as const);
      printTable(output, `${name}: re-drawn from the head down, and trained`, 'layers', down);
      const single = alone.map((point) => [point.group, point] as const);
      printTable(output, `${name}: one re-drawn, and trained`, 'layer', single);
    }
    for (const sentence of each.sentences) output.line(sentence);
  }
}

function rowsOf<P extends Point & { readonly epoch: number }>(
  points: readonly P[],
  named: (epoch: number) => string,
): (readonly [name: string, point: Point])[] {
  return points.map((point) => [named(point.epoch), point]);
}

function printTable(
  output: Output,
  title: string,
  first: string,
  rows: readonly (readonly [name: string, point: Point])[],
): void {
  output.line(title);
  const cells = rows.map(([name, point]) => [name, ...cellsOf(point)]);
  for (const line of table(withoutEmptyColumns([[first, ...HEADER], ...cells]))) output.line(line);
  for (const line of dashLines(rows.map(([, { signed }]) => signed))) output.line(line);
  output.line();
}

function cellsOf(point: Point): string[] {
  const [mean, interval] = meanCells(point.signed, 3);
  const [random] = meanCells(point.chance.signed, 3);
  const others = OTHERS.map(({ key }) => meanCells(point[key], 3)[0]);
  return [
    mean,
    interval,
    random,
    ...meanCells(point.aboveChance, 3),
    ...others,
    `${point.compared} of ${point.of}`,
    point.verdict,
  ];
}
