/** What the panel says while there are no heatmaps: why, and what to do. */
import type { HeatmapView } from '../../src/protocol/heatmaps';
import { emptyState } from '../common/emptyState';
import { noRunView, type RunAction } from '../common/noRunView';

export interface EmptyViewOptions {
  readonly run: (action: RunAction) => void;
  readonly retry: () => void;
  readonly showAllImages: () => void;
  readonly chooseFiles: () => void;
  readonly showAllCheckpoints: () => void;
}

/** @returns undefined where there is something to show */
export function emptyView(
  view: HeatmapView | undefined,
  shown: { readonly images: number; readonly checkpoints: number },
  options: EmptyViewOptions,
): HTMLElement | undefined {
  const act = (label: string, action: RunAction): { label: string; onClick: () => void } => ({
    label,
    onClick: () => options.run(action),
  });
  if (view?.kind !== 'run') return noRunView(view, { things: 'heatmaps', run: options.run, retry: options.retry });
  if (view.images.length === 0) {
    return emptyState({
      icon: 'images',
      title: 'No images are chosen',
      text: 'Choose some of the data set in the gallery, where they are kept in the study file, or take image files of your own.',
      actions: [act('Choose in Gallery', 'openGallery'), { label: 'Image Files…', onClick: options.chooseFiles }],
    });
  }
  if (shown.images === 0) {
    const actions = [{ label: 'Show All Images', onClick: options.showAllImages }];
    return emptyState({
      icon: 'images',
      title: 'All images are left out',
      text: 'None is ticked in the list of images.',
      actions,
    });
  }
  if (shown.checkpoints === 0) {
    const actions = [{ label: 'Show All Checkpoints', onClick: options.showAllCheckpoints }];
    const text = 'None of the chosen checkpoints is there.';
    return emptyState({ icon: 'epochs', title: 'No checkpoints are shown', text, actions });
  }
  return undefined;
}
