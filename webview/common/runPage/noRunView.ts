/** What a panel of a run shows while there is no run: the reason, and actions. */
import type { PanelView } from '../../../src/protocol/panelView';
import type { PanelAction } from '../../../src/protocol/runPanel';
import { progressRing } from '../controls';
import { h } from '../dom';
import { emptyState } from '../emptyState';

export interface NoRunOptions {
  /** The panel's content, in the plural: "heatmaps". */
  readonly things: string;
  readonly run: (action: PanelAction) => void;
  readonly retry: () => void;
}

/** @param view undefined before the first answer */
export function noRunView(
  view: Exclude<PanelView, { kind: 'run' }> | undefined,
  { things, run, retry }: NoRunOptions,
): HTMLElement {
  const act = (label: string, action: PanelAction): { label: string; onClick: () => void } => ({
    label,
    onClick: () => run(action),
  });
  if (view === undefined)
    return h('div', { class: 'empty-state' }, progressRing('Loading'), h('p', {}, 'Looking at the run…'));
  if (view.kind === 'failed') {
    return emptyState({
      icon: 'warning',
      title: 'The run could not be looked at',
      text: view.message,
      actions: [{ label: 'Retry', icon: 'refresh', onClick: retry }, act('Show Log', 'showOutput')],
    });
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
        text: `Train it in the background: each epoch leaves a checkpoint, and its ${things} appear here while the training goes on.`,
        actions: [act('Train', 'train'), act('Open Study', 'openStudy')],
      });
    case 'waiting':
      return h(
        'div',
        { class: 'empty-state', role: 'region', 'aria-label': 'Training' },
        progressRing('Training'),
        h('h2', {}, `${study} is being trained`),
        h('p', {}, `The first checkpoint is on its way. Its ${things} appear here by themselves.`),
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
        actions: [{ label: 'Retry', icon: 'refresh', onClick: retry }, act('Train Again', 'train')],
      });
  }
}
