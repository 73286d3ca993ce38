import * as l10n from '@vscode/l10n';
import type { EpochValues } from '../../src/protocol/metrics';
import { Readout } from '../chart/readout';
import type { ShownRun } from './chartOption';
import {
  formatValue,
  partsOf,
  partText,
  runTitle,
  testBasis,
  validationBasis,
  valueOf,
  type Measure,
  type Part,
} from './measures';

export interface EpochReadoutProperties {
  /** Undefined is the last one that was measured. */
  readonly epoch: number | undefined;
  readonly runs: readonly ShownRun[];
  readonly parts: readonly Part[];
}

/** Accuracy and loss of one epoch, of all runs that are shown. */
export function EpochReadout({ epoch, runs, parts }: EpochReadoutProperties) {
  const last = Math.max(...runs.flatMap(({ curve }) => curve.epochs.map((values) => values.epoch)));
  const shown = epoch ?? (Number.isFinite(last) ? last : undefined);
  const shownParts = partsOf(
    runs.map(({ curve }) => curve),
    parts,
  );
  const columns = MEASURES.flatMap((measure) => shownParts.map((part) => ({ measure, part })));
  const rows = runs.flatMap(({ curve, style }) => {
    const values = curve.epochs.find((each) => each.epoch === shown);
    if (values === undefined) return [];
    const cells = columns.map(({ measure, part }) => cell(values, measure, part));
    return [{ name: runTitle(curve), style, cells }];
  });
  return <Readout epoch={shown} heads={columns.map(head)} rows={rows} />;
}

const MEASURES: readonly Measure[] = ['accuracy', 'loss'];

function head({ measure, part }: { readonly measure: Measure; readonly part: Part }): string {
  return measure === 'accuracy' ? l10n.t('{0} accuracy (%)', partText(part)) : l10n.t('{0} loss', partText(part));
}

const BASES: Readonly<Record<Part, (values: EpochValues) => string>> = {
  test: testBasis,
  validation: validationBasis,
  train: () => '',
};

function cell(values: EpochValues, measure: Measure, part: Part) {
  const basis = measure === 'accuracy' ? BASES[part](values) : '';
  return (
    <>
      {formatValue(valueOf(values, measure, part), measure)}
      {basis !== '' && <span class="muted"> {l10n.t('(95 %: {0})', basis)}</span>}
    </>
  );
}
