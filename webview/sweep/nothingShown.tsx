import * as l10n from '@vscode/l10n';
import type { SweepAction, SweepView } from '../../src/protocol/sweepPanel';
import type { IconName } from '../controls';
import { EmptyState } from '../frame';

export interface NothingShownProperties {
  readonly view: SweepView;
  readonly act: (action: SweepAction) => void;
}

/** Why there is no sweep, and what to do; undefined where there is one. */
export function nothingShown({ view, act }: NothingShownProperties) {
  const { shown, trusted } = view;
  const action = (label: string, name: SweepAction, icon?: IconName) => ({ label, icon, onClick: () => act(name) });
  switch (shown.kind) {
    case 'sweep':
      return undefined;
    case 'noStudy':
      return (
        <EmptyState
          icon="layers"
          title={l10n.t('No study yet')}
          text={l10n.t('A sweep trains the recipes of a study, each with several seeds. Begin with a small example.')}
          actions={
            trusted
              ? [
                  action(l10n.t('Create Example Sweep'), 'createExampleSweep', 'add'),
                  action(l10n.t('Create Study'), 'createStudy'),
                ]
              : [action(l10n.t('Manage Workspace Trust'), 'manageTrust')]
          }
        />
      );
    case 'noSweep':
      return (
        <EmptyState
          icon="layers"
          title={l10n.t('{0} has no sweep yet', shown.study.name)}
          text={l10n.t(
            'A sweep says in the study file which settings to try, and with how many seeds. Each combination is trained as a run of its own, and the table tells mean and spread.',
          )}
          actions={[
            action(l10n.t('Insert a Sweep'), 'insertSweep', 'add'),
            action(l10n.t('Open Study File'), 'openStudy'),
            action(l10n.t('Create Example Sweep'), 'createExampleSweep'),
          ]}
        />
      );
    case 'unreadable':
      return (
        <EmptyState
          icon="warning"
          title={l10n.t('The sweep of {0} cannot be read', shown.study.name)}
          text={shown.problem}
          actions={[action(l10n.t('Open Study File'), 'openStudy')]}
        />
      );
  }
}
