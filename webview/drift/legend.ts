/** The legend of all charts. */
import type { Attention } from '../../src/protocol/engine';
import { LEAST_IMAGES_OF_HEATMAPS } from '../../src/statistics';
import { styleOf } from '../chart/palette';
import { swatch } from '../common/chart/swatch';
import { h } from '../common/dom';

export interface Legend {
  readonly element: HTMLElement;
  update(attention: Attention): void;
}

export function createLegend(): Legend {
  const entry = (mark: Node, text: string): HTMLElement => h('span', { class: 'entry' }, mark, text);
  const oneClass = [
    entry(swatch(styleOf(2)), 'with the last epoch, of the one class predicted last'),
    entry(swatch(styleOf(3)), 'with the epoch before, of that class'),
  ];
  return {
    element: h(
      'p',
      { class: 'legend muted' },
      entry(swatch(styleOf(0)), 'with the last epoch, or the epoch’s own'),
      entry(swatch(styleOf(1)), 'with the epoch before'),
      ...oneClass,
      entry(h('span', { class: 'dotted' }), 'test accuracy'),
      `shaded: 95 % intervals over images, from ${LEAST_IMAGES_OF_HEATMAPS} images on; not drawn: a mean over too few images, where the others’ heatmaps are flat`,
    ),
    update({ target }) {
      for (const each of oneClass) each.hidden = target !== 'predicted';
    },
  };
}
