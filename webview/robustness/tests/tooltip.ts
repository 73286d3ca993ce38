/** The values of one epoch. */
import { h } from '../../common/dom';
import { swatch } from '../../common/chart/swatch';
import type { Model } from '../model';
import type { Curve } from './curves';
import { MEASURES, numberText } from './measures';

export function epochTooltip(model: Model, curves: readonly Curve[], epoch: number): HTMLElement {
  const { value, interval, digits } = MEASURES[model.state.measure];
  const accuracy = model.checkpoints.find((checkpoint) => checkpoint.epoch === epoch)?.testAccuracy ?? null;
  const rows = curves.map(({ title, style, rows: points }) => {
    const measured = points.find(({ checkpoint }) => checkpoint.epoch === epoch)?.outcome?.measured;
    const range = measured === undefined ? undefined : interval?.(measured);
    return h(
      'tr',
      {},
      h('td', {}, swatch(style), ` ${title}`),
      h('td', {}, measured === undefined ? '–' : numberText(value(measured), digits)),
      interval !== undefined &&
        h(
          'td',
          { class: 'muted' },
          range === undefined ? '' : `${numberText(range.low, digits)} … ${numberText(range.high, digits)}`,
        ),
    );
  });
  const clean = h(
    'tr',
    {},
    h('td', { class: 'muted' }, 'clean accuracy'),
    h('td', {}, accuracy === null ? '–' : `${accuracy.toFixed(1)} %`),
    interval !== undefined && h('td', {}),
  );
  const heads = ['', ...(interval === undefined ? [] : ['95 %'])].map((text) => h('th', { scope: 'col' }, text));
  return h(
    'div',
    { class: 'values' },
    h(
      'table',
      {},
      h('thead', {}, h('tr', {}, h('th', {}, `Epoch ${epoch}`), ...heads)),
      h('tbody', {}, ...rows, clean),
    ),
  );
}
