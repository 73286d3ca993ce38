/** The values of one epoch. */
import { h } from '../../common/dom';
import { swatch } from '../../common/chart/swatch';
import type { RobustnessState } from '../robustnessState';
import type { Curve } from './curves';
import { basisText, measureOf, numberText, read } from './measures';

export function epochTooltip(model: RobustnessState, curves: readonly Curve[], epoch: number): HTMLElement {
  const measure = measureOf(model.state.measure);
  const { digits } = measure;
  const accuracy = model.checkpoints.find((checkpoint) => checkpoint.epoch === epoch)?.testAccuracy ?? null;
  const rows = curves.map(({ title, style, rows: points }) => {
    const measured = points.find(({ checkpoint }) => checkpoint.epoch === epoch)?.outcome?.measured;
    const reading = measured === undefined ? null : read(measure, measured);
    return h(
      'tr',
      {},
      h('td', {}, swatch(style), ` ${title}`),
      h('td', {}, numberText(reading?.value, digits)),
      h('td', { class: 'muted' }, reading === null ? '' : basisText(reading, digits)),
    );
  });
  const clean = h(
    'tr',
    {},
    h('td', { class: 'muted' }, 'clean accuracy'),
    h('td', {}, accuracy === null ? '–' : `${accuracy.toFixed(1)} %`),
    h('td', {}),
  );
  const heads = ['', '95 %'].map((text) => h('th', { scope: 'col' }, text));
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
