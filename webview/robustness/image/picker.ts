/** Chooses the image: one of the study's, or of some files. */
import { button, dropdown } from '../../common/controls';
import { h } from '../../common/dom';
import { field } from '../../common/field';
import { imageName } from '../../common/text';

export interface PickerOptions {
  readonly onImage: (key: string) => void;
  readonly onFiles: (files: 'ask' | 'study') => void;
  readonly onGallery: () => void;
}

export interface Picker {
  readonly element: HTMLElement;
  update(keys: readonly string[], current: string, ofFiles: boolean): void;
  /** Moves by this many images. */
  step(by: number): void;
}

export function createPicker({ onImage, onFiles, onGallery }: PickerOptions): Picker {
  let keys: readonly string[] = [];
  let current = '';
  const choice = dropdown<string>('Image', onImage);
  const previous = button({
    label: 'Previous image (,)',
    icon: 'previous',
    appearance: 'icon',
    onClick: () => step(-1),
  });
  const next = button({ label: 'Next image (.)', icon: 'next', appearance: 'icon', onClick: () => step(1) });
  const gallery = button({ label: 'Choose in Gallery', icon: 'images', appearance: 'icon', onClick: onGallery });
  const files = button({ label: 'Image Files…', onClick: () => onFiles('ask') });
  const study = button({ label: 'The study’s', onClick: () => onFiles('study') });

  function step(by: number): void {
    const key = keys[keys.indexOf(current) + by];
    if (key !== undefined) onImage(key);
  }

  return {
    element: h(
      'div',
      { class: 'picker', role: 'group', 'aria-label': 'Image' },
      previous,
      field('Image', choice.element),
      next,
      files,
      study,
      gallery,
    ),
    step,
    update(nextKeys, nextCurrent, ofFiles) {
      [keys, current] = [nextKeys, nextCurrent];
      choice.set(
        keys.map((key) => ({ value: key, text: imageName(key) })),
        current,
      );
      study.hidden = !ofFiles;
      gallery.hidden = ofFiles;
      const at = keys.indexOf(current);
      previous.toggleAttribute('disabled', at <= 0);
      next.toggleAttribute('disabled', at >= keys.length - 1);
    },
  };
}
