/** What the lines of all charts are. */
import { LEAST_IMAGES_OF_HEATMAPS } from '../../src/statistics';
import { styleOf } from '../common/chart/palette';
import { swatch } from '../common/chart/swatch';
import { h } from '../common/dom';

export function createLegend(): HTMLElement {
  const entry = (mark: Node, text: string): HTMLElement => h('span', { class: 'entry' }, mark, text);
  return h(
    'p',
    { class: 'legend muted' },
    entry(swatch(styleOf(0)), 'with the last epoch, or the epoch’s own'),
    entry(swatch(styleOf(1)), 'with the epoch before'),
    entry(h('span', { class: 'dotted' }), 'test accuracy'),
    `shaded: 95 % intervals over images, from ${LEAST_IMAGES_OF_HEATMAPS} images on`,
  );
}
