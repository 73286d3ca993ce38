import type { ReadonlySignal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import type { EpochValues } from '../../src/protocol/metrics';
import { Readout, type ReadoutRow } from '../chart/readout';
import { decimal } from '../common/text';
import type { ChartKind } from './chartKinds';
import { partsOf, partText, runTitle, testBasis, validationBasis, type Part } from './measures';
import { bandOf, type ShownRecipe } from './recipes';
import { isSplit, partsOfMeasure, seriesOf, valueAt } from './series';
import type { ShownRun } from './shown';

export interface EpochReadoutProperties {
  /** Undefined is the last one that was measured. */
  readonly epoch: ReadonlySignal<number | undefined>;
  readonly kinds: readonly ChartKind[];
  readonly runs: readonly ShownRun[];
  /** Undefined where runs are drawn alone. */
  readonly recipes: readonly ShownRecipe[] | undefined;
  readonly parts: readonly Part[];
}

interface Column {
  readonly kind: ChartKind;
  readonly part: Part;
}

/** So many rows fit beside charts; the CSV has all. */
const MOST_ROWS = 12;

/** The values of one epoch: of each run, or of each recipe the mean over seeds with its interval and their number. */
export function EpochReadout({ epoch, kinds, runs, recipes, parts }: EpochReadoutProperties) {
  const last = runs.reduce((most, { curve }) => Math.max(most, curve.epochs.at(-1)?.epoch ?? -1), -1);
  const shown = epoch.value ?? (last >= 0 ? last : undefined);
  const shownParts = partsOf(
    runs.map(({ curve }) => curve),
    parts,
  );
  const columns = kinds.flatMap((kind): Column[] =>
    partsOfMeasure(kind.id, shownParts).map((part) => ({ kind, part })),
  );
  const rows = recipes === undefined ? runRows(runs, columns, shown) : recipeRows(recipes, columns, shown);
  const more = rows.length - MOST_ROWS;
  return (
    <Readout
      epoch={shown}
      heads={columns.map(headOf)}
      rows={[
        ...rows.slice(0, MOST_ROWS),
        ...(more > 0 ? [{ name: l10n.t('… and {0} more: the CSV has all.', more), cells: [] }] : []),
      ]}
    />
  );
}

function headOf({ kind, part }: Column): string {
  if (!isSplit(kind.id)) return kind.title;
  return kind.id === 'accuracy' ? l10n.t('{0} accuracy (%)', partText(part)) : l10n.t('{0} loss', partText(part));
}

function runRows(runs: readonly ShownRun[], columns: readonly Column[], epoch: number | undefined): ReadoutRow[] {
  return runs.flatMap(({ curve, style }) => {
    const values = columns.map(({ kind, part }) => valueAt(seriesOf(curve, kind.id, part), epoch ?? -1));
    if (values.every((value) => value === null)) return [];
    const ofEpoch = curve.epochs.find((each) => each.epoch === epoch);
    const cells = columns.map(({ kind, part }, at) => (
      <>
        {valueText(values[at], kind)}
        {basis(ofEpoch === undefined || kind.id !== 'accuracy' ? '' : BASES[part](ofEpoch))}
      </>
    ));
    return [{ name: runTitle(curve), style, cells }];
  });
}

const BASES: Readonly<Record<Part, (values: EpochValues) => string>> = {
  test: testBasis,
  validation: validationBasis,
  train: () => '',
};

function recipeRows(
  recipes: readonly ShownRecipe[],
  columns: readonly Column[],
  epoch: number | undefined,
): ReadoutRow[] {
  return recipes.flatMap(({ name, style, counted }) => {
    const points = columns.map(({ kind, part }) =>
      bandOf(
        counted.map(({ curve }) => seriesOf(curve, kind.id, part)),
        kind.range,
      ).find((point) => point.epoch === epoch),
    );
    if (points.every((point) => point === undefined)) return [];
    const cells = columns.map(({ kind }, at) => {
      const point = points[at];
      if (point === undefined) return '–';
      const { mean, interval, n } = point;
      const within = interval === null ? '' : `${valueText(interval.low, kind)} … ${valueText(interval.high, kind)}, `;
      return (
        <>
          {valueText(mean, kind)}
          {basis(`${within}n = ${n}`)}
        </>
      );
    });
    return [{ name, style, cells }];
  });
}

function basis(text: string) {
  if (text === '') return null;
  return <span class="muted"> {text.includes('…') ? l10n.t('(95 %: {0})', text) : `(${text})`}</span>;
}

function valueText(value: number | null | undefined, { id, digits }: ChartKind): string {
  if (value === null || value === undefined) return '–';
  if (id === 'accuracy') return decimal(value.toFixed(1));
  return decimal(id === 'loss' || id === 'learningRate' ? String(Number(value.toPrecision(4))) : value.toFixed(digits));
}
