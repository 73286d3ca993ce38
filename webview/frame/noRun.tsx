import * as l10n from '@vscode/l10n';
import type { EmptyView, PanelView } from '../../src/protocol/panelView';
import type { PanelAction } from '../../src/protocol/runPanel';
import type { ButtonProperties } from '../controls';
import { EmptyState, Loading } from './emptyState';

export interface NoRunProperties {
  readonly view: Exclude<PanelView, { kind: 'run' }>;
  /** The panel's content, in the plural, translated: "heatmaps". */
  readonly things: string;
  readonly act: (action: PanelAction) => void;
  readonly retry: () => void;
}

type Action = Pick<ButtonProperties, 'label' | 'icon' | 'onClick'>;

/** What a panel of a run shows while there is no run: the reason, and actions. */
export function NoRun({ view, things, act, retry }: NoRunProperties) {
  const again: Action = { label: l10n.t('Retry'), icon: 'refresh', onClick: retry };
  if (view.kind === 'failed') {
    const log = { label: l10n.t('Show Log'), onClick: () => act('showOutput') };
    return (
      <EmptyState
        icon="warning"
        title={l10n.t('The run could not be looked at')}
        text={view.message}
        actions={[again, log]}
      />
    );
  }
  return <Empty view={view} things={things} act={act} again={again} />;
}

interface EmptyProperties extends Pick<NoRunProperties, 'things' | 'act'> {
  readonly view: EmptyView;
  readonly again: Action;
}

function Empty({ view: { reason, studyName, problem }, things, act, again }: EmptyProperties) {
  const study = studyName ?? l10n.t('This study');
  const train = { label: l10n.t('Train'), onClick: () => act('train') };
  switch (reason) {
    case 'noStudy':
      return (
        <EmptyState
          icon="layers"
          title={l10n.t('No study yet')}
          text={l10n.t(
            'A study file says what to train, on what data, and which images to look at. The one that EpochLens writes for you can be trained as it is.',
          )}
          actions={[{ label: l10n.t('Create Study'), onClick: () => act('createStudy') }]}
        />
      );
    case 'noRun':
      return (
        <EmptyState
          icon="play"
          title={l10n.t('{0} has not been trained yet', study)}
          text={l10n.t(
            'Train it in the background: each epoch leaves a checkpoint, and its {0} appear here while the training goes on.',
            things,
          )}
          actions={[train, { label: l10n.t('Open Study'), onClick: () => act('openStudy') }]}
        />
      );
    case 'waiting':
      return (
        <Loading title={l10n.t('{0} is being trained', study)}>
          <p>{l10n.t('The first checkpoint is on its way. Its {0} appear here by themselves.', things)}</p>
        </Loading>
      );
    case 'noCheckpoint':
      return (
        <EmptyState
          icon="warning"
          title={l10n.t('This run has no checkpoints')}
          text={problem ?? l10n.t('Its training ended before the first one was written.')}
          actions={[train, { label: l10n.t('Open Log'), onClick: () => act('openLog') }]}
        />
      );
    case 'damaged':
      return (
        <EmptyState
          icon="warning"
          title={l10n.t('This run cannot be read')}
          text={problem ?? l10n.t('Its run.json is damaged.')}
          actions={[again, { label: l10n.t('Train Again'), onClick: () => act('train') }]}
        />
      );
  }
}
