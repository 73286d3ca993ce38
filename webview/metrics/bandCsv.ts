/** What is drawn by recipe as a table: full precision, RFC 4180, a row a value. */
import { csvText } from '../common/csv';
import type { ChartKind } from './chartKinds';
import type { Part } from './measures';
import { bandOf, type ShownRecipe } from './recipes';
import { isSplit, partsOfMeasure, seriesOf } from './series';

const HEAD = [
  'study',
  'recipe',
  'run',
  'seed',
  'measure',
  'set',
  'epoch',
  'value',
  'mean',
  'low',
  'high',
  'n',
] as const;

/**
 * Of each recipe first the means over seeds with their 95 % intervals, whose run and seed are empty; then the values of the
 * runs, those too that no mean is of.
 */
export function bandCsv(recipes: readonly ShownRecipe[], kinds: readonly ChartKind[], parts: readonly Part[]): string {
  const rows = recipes.flatMap((recipe) =>
    kinds.flatMap((kind) => partsOfMeasure(kind.id, parts).flatMap((part) => rowsOf(recipe, kind, part))),
  );
  return csvText([HEAD, ...rows]);
}

function rowsOf({ name, runs, counted }: ShownRecipe, kind: ChartKind, part: Part): (string | number)[][] {
  const what = [kind.id, isSplit(kind.id) ? part : ''];
  const study = runs[0]?.curve.studyName ?? '';
  const band = bandOf(
    counted.map(({ curve }) => seriesOf(curve, kind.id, part)),
    kind.range,
  );
  const means = band.map(({ epoch, mean, interval, n }) => [
    ...[study, name, '', '', ...what, epoch, ''],
    ...[mean, interval?.low ?? '', interval?.high ?? '', n],
  ]);
  const values = runs.flatMap(({ curve }) => {
    const { epochs, values: measured } = seriesOf(curve, kind.id, part);
    return epochs.map((epoch, at) => [
      ...[curve.studyName, name, curve.id, curve.seed ?? '', ...what, epoch, measured[at] ?? ''],
      ...['', '', '', ''],
    ]);
  });
  return [...means, ...values];
}
