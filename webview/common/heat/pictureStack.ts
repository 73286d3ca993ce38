/** A picture with what was computed of it, one over the other, in the picture's own proportions. */
import { isCropped } from '../../../src/imaging/placement';
import { h, type Child } from '../dom';
import { paintPicture } from './paint';
import type { ShownPicture } from './pictures';

export { givenText, shownPicture, type ShownPicture } from './pictures';

/** The longest proportions that are kept: a picture of one line of pixels can still be seen, and stays in its cell. */
const LONGEST = 24;

export interface PictureStack {
  readonly element: HTMLElement;
  /** Of the network's input, to be painted by the owner. */
  readonly heat: HTMLCanvasElement;
  show(shown: ShownPicture): void;
}

/** @param over what lies over the heatmap */
export function createPictureStack(kind: string, ...over: Child[]): PictureStack {
  const picture = h('canvas', { class: 'picture' });
  const given = h('canvas', { class: 'picture given', hidden: true });
  const heat = h('canvas', { class: 'heat' });
  const element = h('span', { class: `stack ${kind}` }, picture, given, heat, h('span', { class: 'crop' }), ...over);
  let drawn: ShownPicture | undefined;
  return {
    element,
    heat,
    show(shown) {
      if (shown.picture === drawn?.picture && shown.given === drawn.given) return;
      if (shown.picture !== drawn?.picture) paintPicture(picture, shown.picture);
      if (shown.given !== undefined && shown.given !== drawn?.given) paintPicture(given, shown.given);
      given.hidden = shown.given === undefined;
      drawn = shown;
      const { box } = shown;
      const { width, height } = shown.picture;
      element.style.setProperty('--aspect', String(Math.min(Math.max(width / height, 1 / LONGEST), LONGEST)));
      for (const side of ['left', 'top', 'width', 'height'] as const)
        element.style.setProperty(`--input-${side}`, `${100 * box[side]}%`);
      element.classList.toggle('cropped', isCropped(box));
    },
  };
}
