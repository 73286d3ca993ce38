/** What the panel shows while a run has no heatmaps: the reason, and actions. */
import * as l10n from '@vscode/l10n';
import { EmptyState } from '../frame';
import type { HeatmapsState } from './heatmapsState';
import { change, chooseFiles, openGallery } from './page';

export function NothingShown({ state }: { readonly state: HeatmapsState }) {
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
          { label: l10n.t('Choose in Gallery'), onClick: openGallery },
          { label: l10n.t('Image Files…'), onClick: () => chooseFiles('ask') },
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
        actions={[{ label: l10n.t('Show All Images'), onClick: () => change({ hidden: [] }) }]}
      />
    );
  }
  const epochs = view.checkpoints.map(({ epoch }) => epoch);
  return (
    <EmptyState
      icon="epochs"
      title={l10n.t('No checkpoints are shown')}
      text={l10n.t('None of the chosen checkpoints is there.')}
      actions={[{ label: l10n.t('Show All Checkpoints'), onClick: () => change({ epochs }) }]}
    />
  );
}
