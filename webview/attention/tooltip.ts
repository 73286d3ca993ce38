/** The values of one epoch. */
import type { Attention } from '../../src/protocol/attention';
import { swatch } from '../common/chart/swatch';
import { styleOf } from '../common/chart/palette';
import { h } from '../common/dom';
import { estimateText, type Measure } from './measures';

export function epochTooltip(
  epoch: number,
  measure: Measure,
  attention: Attention,
  accuracy: number | null,
): HTMLElement {
  const point = attention.epochs.find((each) => each.epoch === epoch);
  const rows = measure.curves.map((curve, place) =>
    h(
      'tr',
      {},
      h('td', {}, swatch(styleOf(place)), ` ${curve.name}`),
      h('td', {}, estimateText(point && curve.valueOf(point))),
    ),
  );
  return h(
    'div',
    { class: 'values' },
    h(
      'table',
      {},
      h(
        'thead',
        {},
        h('tr', {}, h('th', {}, `Epoch ${epoch}`), h('th', { scope: 'col' }, 'mean (95 % interval, n images)')),
      ),
      h(
        'tbody',
        {},
        ...rows,
        h('tr', {}, h('td', {}, 'test accuracy'), h('td', {}, accuracy === null ? '–' : `${accuracy.toFixed(1)} %`)),
        (point?.flat ?? 0) > 0 && h('tr', {}, h('td', {}, 'flat heatmaps'), h('td', {}, point?.flat)),
      ),
    ),
  );
}
