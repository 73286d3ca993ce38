/** Which charts there are: the metrics of every training, and what was computed of the runs that are shown. */
import { COLUMN_KIND_IDS, columnOf, type ColumnKindId } from '../../src/comparison/columns';
import type { RunCurve } from '../../src/protocol/metrics';
import { chartTitle } from './chartTitle';
import { isMetric } from './series';

export interface ChartKind {
  /** The id of the comparison's column. */
  readonly id: string;
  readonly title: string;
  /** What values cannot leave; infinite where they can. */
  readonly range: readonly [low: number, high: number];
  readonly digits: number;
  /** Whether its axis may be logarithmic. */
  readonly logarithmic: boolean;
}

/** Of every training. */
const ALWAYS = ['accuracy', 'loss', 'learningRate', 'imagesPerSecond'] as const;
const LOGARITHMIC: readonly string[] = ['loss', 'learningRate'];
/** Shown as curves of accuracy and loss. */
const PARTS_OF_OTHERS: readonly string[] = ['validationAccuracy', 'validationLoss', 'trainAccuracy', 'trainLoss'];

/** Of these runs, in the order of the comparison's columns after the metrics. */
export function chartKinds(curves: readonly Pick<RunCurve, 'more'>[]): ChartKind[] {
  const computed = new Set(curves.flatMap(({ more }) => Object.keys(more)));
  const ids = [...computed].filter((id) => !PARTS_OF_OTHERS.includes(id) && !isMetric(id));
  ids.sort((a, b) => placeOf(a) - placeOf(b));
  return [...ALWAYS, ...ids].flatMap((id) => chartKind(id) ?? []);
}

function placeOf(id: string): number {
  return COLUMN_KIND_IDS.indexOf(id.split(':', 1)[0] as ColumnKindId);
}

function chartKind(id: string): ChartKind | undefined {
  const column = columnOf(id);
  if (column?.per !== 'epoch') return undefined;
  const { range, digits } = column;
  return { id, title: chartTitle(column), range, digits, logarithmic: LOGARITHMIC.includes(id) };
}
