/** What the panel shows while a run has no heatmaps: the reason, and actions. */
import type { PanelAction } from '../../src/protocol/runPanel';
import { emptyState } from '../common/emptyState';
import type { HeatmapsState } from './heatmapsState';
import type { Settings } from './settings';

export interface EmptyViewOptions {
  readonly act: (action: PanelAction) => void;
  readonly chooseFiles: (files: 'ask') => void;
  readonly change: (settings: Partial<Settings>) => void;
}

/** @returns undefined where there is something to show */
export function emptyView(
  { view, images, checkpoints }: HeatmapsState,
  { act, chooseFiles, change }: EmptyViewOptions,
): HTMLElement | undefined {
  if (view.images.length === 0) {
    return emptyState({
      icon: 'images',
      title: 'No images are chosen',
      text: 'Choose some of the data set in the gallery, where they are kept in the study file, or take image files of your own.',
      actions: [
        { label: 'Choose in Gallery', onClick: () => act('openGallery') },
        { label: 'Image Files…', onClick: () => chooseFiles('ask') },
      ],
    });
  }
  if (images.length === 0) {
    return emptyState({
      icon: 'images',
      title: 'All images are left out',
      text: 'None is ticked in the list of images.',
      actions: [{ label: 'Show All Images', onClick: () => change({ hidden: [] }) }],
    });
  }
  if (checkpoints.length > 0) return undefined;
  const epochs = view.checkpoints.map(({ epoch }) => epoch);
  return emptyState({
    icon: 'epochs',
    title: 'No checkpoints are shown',
    text: 'None of the chosen checkpoints is there.',
    actions: [{ label: 'Show All Checkpoints', onClick: () => change({ epochs }) }],
  });
}
