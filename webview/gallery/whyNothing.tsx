import * as l10n from '@vscode/l10n';
import type { RequestState } from '../frame';
import { needsPredictions } from './filter';
import type { GalleryState } from './galleryState';

export interface WhyNothingProperties {
  readonly state: GalleryState;
  /** How the request for predictions stands. */
  readonly asking: RequestState['kind'];
}

/** Says over an empty grid why no image is shown. */
export function WhyNothing({ state: { shown, filter }, asking }: WhyNothingProperties) {
  if (shown.length > 0) return null;
  return (
    <div class="nothing">
      <p>{textOf(needsPredictions(filter), asking)}</p>
    </div>
  );
}

function textOf(needed: boolean, asking: RequestState['kind']): string {
  if (needed && (asking === 'computing' || asking === 'waiting')) return l10n.t('Waiting for the predictions…');
  if (needed && asking === 'failed') return l10n.t('There are no predictions to go by.');
  return l10n.t('No image fits all of this. Widen the filter, or press “Show all”.');
}
