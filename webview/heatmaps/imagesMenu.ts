/** A menu that chooses which images are rows, and adds others. */
import { button, checkbox } from '../common/controls';
import { h } from '../common/dom';
import type { HeatmapsState } from './heatmapsState';
import { createPopover, type Popover } from '../common/popover';
import { keyOf, labelOf } from '../common/heat/results';
import { className, imageName } from '../common/text';

export interface ImagesMenuOptions {
  readonly current: () => HeatmapsState | undefined;
  readonly onHide: (keys: string[]) => void;
  readonly onGallery: () => void;
  readonly onFiles: (files: 'ask' | 'study') => void;
}

export function createImagesMenu({ current, onHide, onGallery, onFiles }: ImagesMenuOptions): Popover {
  const popover = createPopover({ label: 'Images', icon: 'images', title: 'Images shown' }, fill);

  function fill(panel: HTMLElement): void {
    const model = current();
    if (model === undefined) return;
    const keys = [...new Set(model.view.images.map(keyOf))];
    const hidden = new Set(model.settings.hidden);
    const boxes = keys.map((key) => {
      const label = labelOf(model.results.image(key));
      const name = label === null ? '' : ` ${className(model.view.classNames, label)}`;
      const text = h('span', { title: key }, imageName(key), h('span', { class: 'muted' }, name));
      return checkbox(text, !hidden.has(key), (checked) => {
        if (checked) hidden.delete(key);
        else hidden.add(key);
        onHide([...hidden]);
      }).element;
    });
    const leave = (action: () => void) => (): void => {
      popover.close();
      action();
    };
    const ofOthers = model.view.source.images.of !== 'study';
    panel.replaceChildren(
      h(
        'div',
        { class: 'popover-actions' },
        button({ label: 'Choose in Gallery', icon: 'images', onClick: leave(onGallery) }),
        button({ label: 'Image Files…', onClick: leave(() => onFiles('ask')) }),
        ofOthers && button({ label: "The study's", onClick: leave(() => onFiles('study')) }),
        button({
          label: 'Show all',
          onClick: () => {
            onHide([]);
            fill(panel);
          },
        }),
      ),
      h('div', { class: 'popover-list' }, ...boxes),
    );
  }
  return popover;
}
