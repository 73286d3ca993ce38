/** The values of one epoch. */
import { restsText } from '../../src/measures/drift';
import type { Attention } from '../../src/protocol/engine';
import type { AttentionPoint } from '../../src/measures/drift/numbers';
import { swatch } from '../common/chart/swatch';
import { styleOf } from '../chart/palette';
import { h } from '../common/dom';
import { curvesOf, estimateText, type Curve, type Measure } from './measures';

export function epochTooltip(
  epoch: number,
  measure: Measure,
  attention: Attention,
  accuracy: number | null,
): HTMLElement {
  const point = attention.epochs.find((each) => each.epoch === epoch);
  const rows = curvesOf(measure, attention).map((curve, place) =>
    h(
      'tr',
      {},
      h('td', {}, swatch(styleOf(place)), ` ${curve.name}`),
      h('td', {}, point === undefined ? '–' : valueText(curve, point)),
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
        point !== undefined &&
          h(
            'tr',
            {},
            h('td', {}, 'predicted otherwise than at the last epoch'),
            h('td', {}, `${point.changed.fromLast} of ${point.fromLast.of}`),
          ),
        (point?.flat ?? 0) > 0 && h('tr', {}, h('td', {}, 'flat heatmaps'), h('td', {}, point?.flat)),
      ),
    ),
  );
}

/** A mean, and the images that it rests on where these are not all. */
function valueText({ valueOf, movementOf }: Curve, point: AttentionPoint): string {
  const movement = movementOf?.(point);
  const rests = movement ? restsText(movement) : undefined;
  const text = estimateText(valueOf(point));
  return rests === undefined ? text : `${text}, ${rests}`;
}
