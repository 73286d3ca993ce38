import * as l10n from '@vscode/l10n';
import { setInfo, type GalleryState } from './galleryState';
import { decimal, grouped } from '../common/text';

/** How many images of the set the chosen checkpoint gets right. */
export function PredictionLine({ state }: { readonly state: GalleryState }) {
  const { predictions, checkpoint, filter } = state;
  if (predictions === undefined || checkpoint === null) return null;
  const { count } = setInfo(state);
  const share = decimal(((100 * predictions.correct) / Math.max(1, count)).toFixed(1));
  const values = [checkpoint.epoch, grouped(predictions.correct), grouped(count), share] as const;
  return (
    <div class="predictions" role="status">
      {filter.set === 'test'
        ? l10n.t('Epoch {0} gets {1} of {2} test images right ({3} %); the others have a red corner.', ...values)
        : l10n.t('Epoch {0} gets {1} of {2} training images right ({3} %); the others have a red corner.', ...values)}
    </div>
  );
}
