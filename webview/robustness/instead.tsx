/** What the panel shows while there is nothing to show of a run: the reason, and actions. */
import * as l10n from '@vscode/l10n';
import type { PanelAction } from '../../src/protocol/runPanel';
import { EmptyState, Loading } from '../frame';
import type { RobustnessState } from './robustnessState';
import type { SavedState } from './savedState';

export interface InsteadProperties {
  readonly of: RobustnessState;
  readonly act: (action: PanelAction) => void;
  readonly compute: () => void;
  readonly keep: (change: Partial<SavedState>) => void;
}

/** @returns undefined where there are tests to show */
export function insteadOfTests({ of, act, compute, keep }: InsteadProperties) {
  const { tests, view, rows, checkpoints } = of;
  const openStudy = { label: l10n.t('Open Study File'), onClick: () => act('openStudy') };
  if (tests.problem !== null)
    return (
      <EmptyState
        icon="warning"
        title={l10n.t('The perturbations cannot be read')}
        text={tests.problem}
        actions={[openStudy]}
      />
    );
  if (tests.tests.length === 0)
    return (
      <EmptyState
        icon="shield"
        title={l10n.t('The study has no perturbations yet')}
        text={l10n.t(
          'Add some to its list, such as {0}, and say what must hold with "expect". A single image can be looked at under the published ones at once.',
          JSON.stringify({ kind: 'gaussianNoise', standardDeviation: 0.1 }),
        )}
        actions={[openStudy, { label: l10n.t('Look at One Image'), onClick: () => keep({ tab: 'image' }) }]}
      />
    );
  if (!tests.known) return <LoadingTests />;
  if (tests.computing || rows.some(({ outcome }) => outcome !== undefined)) return undefined;
  const trust = { label: l10n.t('Manage Workspace Trust'), onClick: () => act('manageTrust') };
  return (
    <EmptyState
      icon="shield"
      title={l10n.t('Nothing has been computed yet')}
      text={l10n.t(
        'Each perturbation is measured on the test images at each checkpoint: {0} × {1} results. What is computed is kept: only what changes later is computed again.',
        tests.tests.length,
        checkpoints.length,
      )}
      actions={
        view.trusted ? [{ label: l10n.t('Compute'), icon: 'play' as const, onClick: compute }, openStudy] : [trust]
      }
    />
  );
}

export function LoadingTests() {
  return <Loading title={l10n.t('Looking at what is known of the tests…')} />;
}

export function NoCheckpoints({ of, keep }: Pick<InsteadProperties, 'of' | 'keep'>) {
  const epochs = of.view.checkpoints.map(({ epoch }) => epoch);
  return (
    <EmptyState
      icon="epochs"
      title={l10n.t('No checkpoints are shown')}
      text={l10n.t('None of the chosen checkpoints is there.')}
      actions={[{ label: l10n.t('Show All Checkpoints'), onClick: () => keep({ epochs }) }]}
    />
  );
}

export interface NoImagesProperties {
  readonly act: (action: PanelAction) => void;
  readonly chooseFiles: () => void;
}

export function NoImages({ act, chooseFiles }: NoImagesProperties) {
  return (
    <EmptyState
      icon="images"
      title={l10n.t('No images are chosen')}
      text={l10n.t(
        'Choose some of the data set in the gallery, where they are kept in the study file, or take image files of your own.',
      )}
      actions={[
        { label: l10n.t('Choose in Gallery'), onClick: () => act('openGallery') },
        { label: l10n.t('Image Files…'), onClick: chooseFiles },
      ]}
    />
  );
}
