/** What the panel shows while a run has no heatmaps: the reason, and actions. */
import * as l10n from '@vscode/l10n';
import { EmptyState } from '../frame';
import type { HeatmapsState } from './heatmapsState';
import type { Settings } from './settings';

export interface NothingShownProperties {
  readonly state: HeatmapsState;
  readonly onGallery: () => void;
  readonly onFiles: (files: 'ask') => void;
  readonly onSettings: (change: Partial<Settings>) => void;
}

export function isNothingShown({ images, checkpoints }: HeatmapsState): boolean {
  return images.length === 0 || checkpoints.length === 0;
}

export function NothingShown({ state, onGallery, onFiles, onSettings }: NothingShownProperties) {
  const { view, images } = state;
  if (view.images.length === 0) {
    return (
      <EmptyState
        icon="images"
        title={l10n.t('No images are chosen')}
        text={l10n.t(
          'Choose some of the data set in the gallery, where they are kept in the study file, or take image files of your own.',
        )}
        actions={[
          { label: l10n.t('Choose in Gallery'), onClick: onGallery },
          { label: l10n.t('Image Files…'), onClick: () => onFiles('ask') },
        ]}
      />
    );
  }
  if (images.length === 0) {
    return (
      <EmptyState
        icon="images"
        title={l10n.t('All images are left out')}
        text={l10n.t('None is ticked in the list of images.')}
        actions={[{ label: l10n.t('Show All Images'), onClick: () => onSettings({ hidden: [] }) }]}
      />
    );
  }
  const epochs = view.checkpoints.map(({ epoch }) => epoch);
  return (
    <EmptyState
      icon="epochs"
      title={l10n.t('No checkpoints are shown')}
      text={l10n.t('None of the chosen checkpoints is there.')}
      actions={[{ label: l10n.t('Show All Checkpoints'), onClick: () => onSettings({ epochs }) }]}
    />
  );
}
