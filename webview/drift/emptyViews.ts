/** What is shown while there are no numbers: the reason, and actions. */
import type { RunView } from '../../src/protocol/panelView';
import type { PanelAction } from '../../src/protocol/runPanel';
import { progressRing } from '../common/controls';
import { h } from '../common/dom';
import { emptyState } from '../common/emptyState';
import type { Choice } from './savedState';

export interface EmptyViewOptions {
  readonly act: (action: PanelAction) => void;
  readonly onChoice: (change: Partial<Choice>) => void;
}

/** @returns undefined where measuring is possible */
export function notMeasurable(
  { checkpoints, images }: RunView,
  choice: Choice,
  { act, onChoice }: EmptyViewOptions,
): HTMLElement | undefined {
  if (checkpoints.length < 2) {
    return emptyState({
      icon: 'epochs',
      title: 'One checkpoint so far',
      text: 'How attention moves can be said from two checkpoints on. The next one is taken in by itself.',
      actions: [{ label: 'Open Log', onClick: () => act('openLog') }],
    });
  }
  if (choice.images !== 'study' || images.length > 0) return undefined;
  return emptyState({
    icon: 'images',
    title: 'The study names no images',
    text: 'Choose some in the gallery, or measure the first test images.',
    actions: [
      { label: 'Choose in Gallery', onClick: () => act('openGallery') },
      { label: 'First 20 Test Images', onClick: () => onChoice({ images: 20 }) },
    ],
  });
}

export function notMeasuredYet(isComputing: boolean): HTMLElement {
  const text = isComputing ? 'Comparing heatmaps of every checkpoint…' : 'Nothing has been measured yet.';
  return h('div', { class: 'empty-state' }, isComputing && progressRing('Computing'), h('p', {}, text));
}
