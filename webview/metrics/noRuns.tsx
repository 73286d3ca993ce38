import * as l10n from '@vscode/l10n';
import type { PanelAction } from '../../src/protocol/runPanel';
import { EmptyState } from '../frame';

export interface NoRunsProperties {
  /** Whether the workspace is: else nothing is trained. */
  readonly trusted: boolean;
  readonly act: (action: PanelAction) => void;
}

export function NoRuns({ trusted, act }: NoRunsProperties) {
  const action = (label: string, name: PanelAction) => ({ label, onClick: () => act(name) });
  return (
    <EmptyState
      icon="epochs"
      title={l10n.t('No run yet')}
      text={l10n.t('Train a study, and its accuracy and loss appear here while it trains, epoch by epoch.')}
      actions={
        trusted
          ? [
              action(l10n.t('Train'), 'train'),
              action(l10n.t('Create Study'), 'createStudy'),
              action(l10n.t('Train Example Study'), 'runExample'),
            ]
          : [action(l10n.t('Manage Workspace Trust'), 'manageTrust')]
      }
    />
  );
}
