/** The first column: the image, its name, its label, and its row's scale. */
import { resizeText } from '../../src/imaging/placement';
import type { ExplainedImage, Picture } from '../../src/protocol/engine';
import { h } from '../common/dom';
import { createColourBar } from '../common/heat/colourBar';
import { rowRange, type HeatmapsState } from './heatmapsState';
import { paintPicture } from '../common/heat/paint';
import { givenText } from '../common/heat/pictureStack';
import { className, imageName } from '../common/text';

export interface RowHead {
  readonly element: HTMLElement;
  draw(model: HeatmapsState): void;
}

export function createRowHead(image: string): RowHead {
  const canvas = h('canvas', { class: 'thumbnail', 'aria-hidden': 'true' });
  const label = h('span', { class: 'label muted' });
  const bar = createColourBar();
  const element = h(
    'div',
    { class: 'row-head', role: 'rowheader', title: image },
    canvas,
    h('span', { class: 'image-name' }, imageName(image)),
    label,
    bar.element,
  );
  let drawn: Picture | undefined;
  return {
    element,
    draw(model) {
      const explained = model.results.image(image);
      const picture = explained?.usable === true ? (explained.original?.picture ?? explained.picture) : undefined;
      if (picture !== undefined && picture !== drawn) paintPicture(canvas, picture);
      drawn = picture;
      canvas.hidden = picture === undefined;
      label.textContent = labelText(model, explained);
      element.title = [image, givenText(explained)].filter((text) => text !== '').join('\n');
      label.classList.toggle('error-text', explained?.usable === false);
      // A row without heatmaps has room for the reason.
      element.classList.toggle('unusable', explained?.usable === false);
      bar.element.hidden = model.settings.scale !== 'row';
      if (model.settings.scale === 'row') bar.draw(model.settings.colourMap, rowRange(model, image));
    },
  };
}

function labelText({ view }: HeatmapsState, explained: ExplainedImage | undefined): string {
  if (explained === undefined) return '';
  if (!explained.usable) return explained.problem;
  const { label, original } = explained;
  const name = label === null ? 'no label' : className(view.classNames, label);
  return original === undefined ? name : `${name}, ${resizeText(original.resize)}`;
}
