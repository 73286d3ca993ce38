/** What the panel says while there are no heatmaps: why, and what to do. */
import type { HeatmapView } from '../../src/protocol/heatmaps';
import { progressRing } from '../common/controls';
import { h } from '../common/dom';
import { emptyState } from '../common/emptyState';

export type Action = 'createStudy' | 'train' | 'openGallery' | 'openLog' | 'showOutput' | 'openStudy';

export interface EmptyViewOptions {
  readonly run: (action: Action) => void;
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
  const act = (label: string, action: Action): { label: string; onClick: () => void } => ({
    label,
    onClick: () => options.run(action),
  });
  if (view === undefined)
    return h('div', { class: 'empty-state' }, progressRing('Loading'), h('p', {}, 'Looking at the run…'));
  if (view.kind === 'failed') {
    return emptyState({
      icon: 'warning',
      title: 'The run could not be looked at',
      text: view.message,
      actions: [{ label: 'Retry', icon: 'refresh', onClick: options.retry }, act('Show Log', 'showOutput')],
    });
  }
  if (view.kind === 'run') {
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
  const study = view.studyName ?? 'This study';
  switch (view.reason) {
    case 'noStudy':
      return emptyState({
        icon: 'layers',
        title: 'No study yet',
        text: 'A study file says what to train, on what data, and which images to look at. The one that EpochLens writes for you can be trained as it is.',
        actions: [act('Create Study', 'createStudy')],
      });
    case 'noRun':
      return emptyState({
        icon: 'play',
        title: `${study} has not been trained yet`,
        text: 'Train it in the background: each epoch leaves a checkpoint, and its heatmaps appear here while the training goes on.',
        actions: [act('Train', 'train'), act('Open Study', 'openStudy')],
      });
    case 'waiting':
      return h(
        'div',
        { class: 'empty-state', role: 'region', 'aria-label': 'Training' },
        progressRing('Training'),
        h('h2', {}, `${study} is being trained`),
        h('p', {}, 'The first checkpoint is on its way. Its heatmaps appear here by themselves.'),
      );
    case 'noCheckpoint':
      return emptyState({
        icon: 'warning',
        title: 'This run has no checkpoints',
        text: view.problem ?? 'Its training ended before the first one was written.',
        actions: [act('Train', 'train'), act('Open Log', 'openLog')],
      });
    case 'damaged':
      return emptyState({
        icon: 'warning',
        title: 'This run cannot be read',
        text: view.problem ?? 'Its run.json is damaged.',
        actions: [{ label: 'Retry', icon: 'refresh', onClick: options.retry }, act('Train Again', 'train')],
      });
  }
}
