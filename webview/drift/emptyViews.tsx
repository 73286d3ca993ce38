/** What is shown while there are no numbers: the reason, and actions. */
import * as l10n from '@vscode/l10n';
import type { RunView } from '../../src/protocol/panelView';
import type { PanelAction } from '../../src/protocol/runPanel';
import { EmptyState, Loading, type RequestState } from '../frame';
import type { Measured } from './driftState';
import type { Choice } from './savedState';

export interface NoNumbersInput {
  readonly choice: Choice;
  readonly measured: Measured | undefined;
  readonly state: RequestState['kind'];
  readonly act: (action: PanelAction) => void;
  readonly onChoice: (change: Partial<Choice>) => void;
}

/** @returns undefined where there are numbers */
export function noNumbers({ checkpoints, images }: RunView, input: NoNumbersInput) {
  const { choice, measured, state, act, onChoice } = input;
  if (checkpoints.length < 2) {
    return (
      <EmptyState
        icon="epochs"
        title={l10n.t('One checkpoint so far')}
        text={l10n.t('How attention moves can be said from two checkpoints on. The next one is taken in by itself.')}
        actions={[{ label: l10n.t('Open Log'), onClick: () => act('openLog') }]}
      />
    );
  }
  if (choice.images === 'study' && images.length === 0) {
    return (
      <EmptyState
        icon="images"
        title={l10n.t('The study names no images')}
        text={l10n.t('Choose some in the gallery, or measure the first test images.')}
        actions={[
          { label: l10n.t('Choose in Gallery'), onClick: () => act('openGallery') },
          { label: l10n.t('First 20 Test Images'), onClick: () => onChoice({ images: 20 }) },
        ]}
      />
    );
  }
  if (measured !== undefined) return undefined;
  if (state === 'computing' || state === 'waiting')
    return <Loading title={l10n.t('Comparing heatmaps of every checkpoint…')} />;
  return <p class="empty-state muted">{l10n.t('Nothing has been measured yet.')}</p>;
}
