/** The metrics as a table. */
import { h } from '../common/dom';
import type { RunCurve } from '../../src/protocol/metrics';
import type { ShownRun } from './chartOption';
import { formatValue, testBasis, valueOf } from './measures';
import { swatch } from '../common/chart/swatch';

export interface MetricsTable {
  readonly element: HTMLElement;
  update(runs: readonly ShownRun[]): void;
}

/** Nobody has measured this imported checkpoint. */
const CLAIMED = 'Claimed by its file (%)';
const HEADS = [
  'Epoch',
  'Test accuracy (%, 95 %)',
  'Training accuracy (%)',
  'Test loss',
  'Training loss',
  'Learning rate',
  'Images/s',
];

export function createTable(): MetricsTable {
  const body = h('div', { class: 'tables' });
  let shown = '';
  return {
    element: body,
    update(runs) {
      const key = JSON.stringify(
        runs.map(({ curve: { run, epochs, claims, warning }, style }) => [run, epochs, claims, warning, style]),
      );
      if (key === shown) return;
      shown = key;
      body.replaceChildren(...runs.filter(({ curve }) => rowsOf(curve).length > 0).map(tableOf));
    },
  };
}

function tableOf({ curve, style }: ShownRun): HTMLElement {
  const imported = curve.claims.length > 0;
  const rows = rowsOf(curve).map(({ epoch, values, claim }) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, epoch),
      h('td', {}, formatValue(values && valueOf(values, 'accuracy', 'test'), 'accuracy'), basisOf(values)),
      ...(imported ? [h('td', {}, claimText(claim))] : []),
      h('td', {}, formatValue(values && valueOf(values, 'accuracy', 'train'), 'accuracy')),
      h('td', {}, formatValue(values && valueOf(values, 'loss', 'test'), 'loss')),
      h('td', {}, formatValue(values && valueOf(values, 'loss', 'train'), 'loss')),
      h(
        'td',
        {},
        textOf(values?.learningRate, (rate) => Number(rate.toPrecision(3)).toString()),
      ),
      h(
        'td',
        {},
        textOf(values?.imagesPerSecond, (speed) => speed.toFixed(0)),
      ),
    ),
  );
  const [epoch, test, ...others] = HEADS;
  const heads = imported ? [epoch, test, CLAIMED, ...others] : HEADS;
  return h(
    'table',
    { class: 'numbers' },
    h(
      'caption',
      {},
      swatch(style),
      ` ${curve.studyName} ${curve.id} `,
      h('span', { class: 'muted' }, curve.stateText),
      curve.warning !== null && h('p', { class: 'warning' }, curve.warning),
    ),
    h('thead', {}, h('tr', {}, ...heads.map((head) => h('th', { scope: 'col' }, head ?? '')))),
    h('tbody', {}, ...rows),
  );
}

type Claim = RunCurve['claims'][number];

interface Row {
  readonly epoch: number;
  /** Undefined where nothing was measured. */
  readonly values: RunCurve['epochs'][number] | undefined;
  readonly claim: Claim | undefined;
}

/** Ascending. */
function rowsOf({ epochs, claims }: RunCurve): Row[] {
  const all = [...new Set([...epochs, ...claims].map(({ epoch }) => epoch))].sort((a, b) => a - b);
  return all.map((epoch) => ({
    epoch,
    values: epochs.find((each) => each.epoch === epoch),
    claim: claims.find((each) => each.epoch === epoch),
  }));
}

function textOf(value: number | null | undefined, text: (value: number) => string): string {
  return value === null || value === undefined ? '–' : text(value);
}

/** The 95 % interval of the test accuracy, and its counts. */
function basisOf(values: Row['values']): HTMLElement | false {
  const basis = values === undefined ? '' : testBasis(values);
  return basis !== '' && h('span', { class: 'basis muted' }, basis);
}

function claimText(claim: Claim | undefined): string {
  const text = formatValue(claim?.testAccuracy, 'accuracy');
  return claim?.differs === true ? `${text} (differs)` : text;
}
