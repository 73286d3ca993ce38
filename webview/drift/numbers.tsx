/** The measurement: the finding, the curves, what they say in sentences, all values, and the list of images. */
import * as l10n from '@vscode/l10n';
import { useRef } from 'preact/hooks';
import { LEAST_IMAGES_OF_HEATMAPS } from '../../src/statistics';
import { lazily } from '../frame';
import { Charts } from './charts';
import { accuraciesOf, keptEpochs } from './driftState';
import { ImageList, type ImageListProperties } from './list';
import { oneClassText, randomisationText, settledHeading, settledText } from './sentences';

const ValuesTable = lazily(async () => (await import('./valuesTable')).ValuesTable);

export type NumbersProperties = Omit<ImageListProperties, 'scroller'>;

export function Numbers(list: NumbersProperties) {
  const scroller = useRef<HTMLDivElement>(null);
  const { view } = list;
  const { attention } = list.measured;
  const accuracies = accuraciesOf(view);
  const kept = keptEpochs(view);
  return (
    <div class="measured" ref={scroller}>
      <div class="numbers">
        <h2 aria-live="polite">{settledHeading(attention)}</h2>
        <Charts attention={attention} accuracies={accuracies} />
        <p class="settled-text">{settledText(attention, kept)}</p>
        <p class="one-class">{oneClassText(attention, kept)}</p>
        <p class="check muted">{randomisationText(attention, view.checkpoints)}</p>
        <p class="muted">
          {l10n.t(
            'Shaded: 95 % intervals over images, from {0} images on. A mean over too few images, where the others’ heatmaps are flat, is not drawn.',
            LEAST_IMAGES_OF_HEATMAPS,
          )}
        </p>
        <ValuesTable attention={attention} accuracies={accuracies} />
        <ImageList {...list} scroller={scroller} />
      </div>
    </div>
  );
}
