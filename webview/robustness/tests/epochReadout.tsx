import type { ReadonlySignal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { Readout, type ReadoutRow } from '../../chart/readout';
import type { RobustnessState } from '../robustnessState';
import type { Curve } from './curves';
import { basisText, measureOf, numberText, read } from './measures';

export interface EpochReadoutProperties {
  readonly of: RobustnessState;
  readonly curves: readonly Curve[];
  /** The id of what the curves show. */
  readonly measure: string;
  /** The epoch under the pointer; until there is one, the last is read out. */
  readonly epoch: ReadonlySignal<number | undefined>;
}

/** What the curves show at one epoch, with its interval; the clean accuracy comes last. */
export function EpochReadout({ of: { checkpoints }, curves, measure: id, epoch }: EpochReadoutProperties) {
  const measure = measureOf(id);
  const checkpoint = checkpoints.find((each) => each.epoch === epoch.value) ?? checkpoints.at(-1);
  const rows = curves.map(({ title, style, rows: points }): ReadoutRow => {
    const measured = points.find((each) => each.checkpoint.epoch === checkpoint?.epoch)?.outcome?.measured;
    const reading = measured === undefined ? null : read(measure, measured);
    const basis = reading === null ? '' : basisText(reading, measure.digits);
    return { name: title, style, cells: [numberText(reading?.value, measure.digits), <Basis text={basis} />] };
  });
  const accuracy = checkpoint?.testAccuracy ?? null;
  const clean = {
    name: l10n.t('Clean accuracy'),
    cells: [accuracy === null ? '–' : `${numberText(accuracy, 1)} %`, ''],
  };
  return (
    <Readout epoch={checkpoint?.epoch} heads={[l10n.t('Value'), l10n.t('95 % interval')]} rows={[...rows, clean]} />
  );
}

function Basis({ text }: { readonly text: string }) {
  return <span class="muted">{text}</span>;
}
