/** The same numbers to read one by one. */
import { h } from '../common/dom';
import type { ShownRun } from './chartOption';
import { formatValue, valueOf } from './measures';
import { swatch } from '../common/chart/swatch';

export interface MetricsTable {
  readonly element: HTMLElement;
  update(runs: readonly ShownRun[]): void;
}

const HEADS = [
  'Epoch',
  'Test accuracy (%)',
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
      const key = JSON.stringify(runs.map(({ curve, style }) => [curve.run, curve.epochs, style]));
      if (key === shown) return;
      shown = key;
      body.replaceChildren(...runs.filter(({ curve }) => curve.epochs.length > 0).map(tableOf));
    },
  };
}

function tableOf({ curve, style }: ShownRun): HTMLElement {
  const rows = curve.epochs.map((values) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, values.epoch),
      h('td', {}, formatValue(valueOf(values, 'accuracy', 'test'), 'accuracy')),
      h('td', {}, formatValue(valueOf(values, 'accuracy', 'train'), 'accuracy')),
      h('td', {}, formatValue(valueOf(values, 'loss', 'test'), 'loss')),
      h('td', {}, formatValue(valueOf(values, 'loss', 'train'), 'loss')),
      h('td', {}, values.learningRate === null ? '–' : Number(values.learningRate.toPrecision(3)).toString()),
      h('td', {}, values.imagesPerSecond === null ? '–' : values.imagesPerSecond.toFixed(0)),
    ),
  );
  return h(
    'table',
    { class: 'numbers' },
    h('caption', {}, swatch(style), ` ${curve.studyName} ${curve.id} `, h('span', { class: 'muted' }, curve.stateText)),
    h('thead', {}, h('tr', {}, ...HEADS.map((head) => h('th', { scope: 'col' }, head)))),
    h('tbody', {}, ...rows),
  );
}
