/** What the page shows in place of a table. */
import * as l10n from '@vscode/l10n';
import type { PanelAction } from '../../src/protocol/runPanel';
import { EmptyState } from '../frame';
import type { Actions } from './actions';
import { UNARRANGED, type SavedState } from './savedState';

export interface NoRunsProperties {
  /** Whether the workspace is: else nothing is trained. */
  readonly trusted: boolean;
  readonly act: (action: PanelAction) => void;
}

/** The workspace has no run. */
export function NoRuns({ trusted, act }: NoRunsProperties) {
  const action = (label: string, name: PanelAction) => ({ label, onClick: () => act(name) });
  return (
    <EmptyState
      icon="table"
      title={l10n.t('No run yet')}
      text={l10n.t('Train a study, or a sweep of recipes and seeds, and each run is a row here while it trains.')}
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

/** There are runs, of which none is shown. */
export function NoneShown({ state, actions }: { readonly state: SavedState; readonly actions: Actions }) {
  const filter = state.filter !== '' && {
    label: l10n.t('Clear the Filter'),
    onClick: () => actions.keep({ filter: UNARRANGED.filter }),
  };
  const hidden = state.hidden.length > 0 && {
    label: l10n.t('Show Hidden Rows'),
    onClick: () => actions.keep({ hidden: [] }),
  };
  const study = state.study !== null && {
    label: l10n.t('Show All Studies'),
    onClick: () => actions.keep({ study: null }),
  };
  return (
    <EmptyState
      icon="filter"
      title={l10n.t('No row is shown')}
      text={
        filter || hidden
          ? l10n.t('The filter leaves none of the rows, or they are hidden.')
          : l10n.t('This study has no run yet. Its runs appear here while they train.')
      }
      actions={[filter, hidden, study].filter((action) => action !== false)}
    />
  );
}
