/** The parts of a row: a picture with a map over it, and the scales of its maps. */
import { h } from '../common/dom';
import { paintBar } from '../common/heat/colourBar';
import { paintDifferenceBar } from '../common/heat/difference';
import { shortNumber } from '../common/text';
import type { Comparison } from './compare';

export interface MapView {
  readonly element: HTMLElement;
  readonly under: HTMLCanvasElement;
  readonly heat: HTMLCanvasElement;
  readonly flat: HTMLElement;
  say(caption: string, title: string): void;
}

export function createMapView(kind: string): MapView {
  const under = h('canvas', { class: 'picture' });
  const heat = h('canvas', { class: 'heat' });
  const flat = h('span', { class: 'flat', hidden: true }, 'flat');
  const stack = h('div', { class: 'stack', role: 'img' }, under, heat, flat);
  const caption = h('figcaption', {});
  const element = h('figure', { class: kind }, stack, caption);
  return {
    element,
    under,
    heat,
    flat,
    say(text, title) {
      caption.textContent = text;
      element.title = title;
      stack.setAttribute('aria-label', title);
    },
  };
}

/** The two scales of a row, with the numbers at their ends. */
export function createBars() {
  const heat = h('canvas', { 'aria-hidden': 'true' });
  const difference = h('canvas', { 'aria-hidden': 'true' });
  const ends = { heat: [h('span'), h('span')] as const, difference: [h('span'), h('span')] as const };
  paintDifferenceBar(difference);
  return {
    element: h(
      'div',
      { class: 'bars' },
      h('span', { class: 'muted' }, 'heat'),
      h('span', { class: 'colour-bar' }, ends.heat[0], heat, ends.heat[1]),
      h('span', { class: 'muted' }, 'difference'),
      h('span', { class: 'colour-bar' }, ends.difference[0], difference, ends.difference[1]),
    ),
    draw({ scale, difference: { limit } }: Comparison, colourMap: Parameters<typeof paintBar>[1]): void {
      paintBar(heat, colourMap);
      ends.heat[0].textContent = scale === undefined ? 'min' : shortNumber(scale.minimum);
      ends.heat[1].textContent = scale === undefined ? 'max' : shortNumber(scale.maximum);
      ends.difference[0].textContent = `−${shortNumber(limit)}`;
      ends.difference[1].textContent = `+${shortNumber(limit)}`;
    },
  };
}
