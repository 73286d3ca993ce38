/** Chooses the images that are measured: the study's, or so many of the test set, the first ones. */
import * as l10n from '@vscode/l10n';
import { grouped } from '../common/text';
import { Select } from '../controls';
import type { MeasuredControlsProperties } from './measuredControls';
import { countOf, MOST_IMAGES, type Counted } from './wanted';

export interface ImagesSelectProperties extends Pick<
  MeasuredControlsProperties,
  'view' | 'tab' | 'choice' | 'onChoice'
> {
  readonly counted: Counted;
}

const STUDY = 'study';
/** Numbers that can be chosen, if there are as many. */
const COUNTS = [25, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];

export function ImagesSelect({ view, tab, choice, counted, onChoice }: ImagesSelectProperties) {
  const chosen = choice.images[tab];
  const value = chosen === STUDY ? STUDY : countOf(counted, tab, chosen);
  const { testImages } = counted;
  const most = Math.min(testImages, MOST_IMAGES[tab]);
  const counts = [...new Set([...COUNTS, most, countOf(counted, tab, null), ...(value === STUDY ? [] : [value])])]
    .filter((count) => count > 0 && count <= most)
    .sort((a, b) => a - b);
  const canBeStudy = tab !== 'calibration' && tab !== 'localisation' && view.images.length > 0;
  return (
    <Select
      key={tab}
      label={l10n.t('Images')}
      choices={[
        ...(canBeStudy ? [{ value: STUDY, text: l10n.t('The study’s ({0})', view.images.length) }] : []),
        ...counts.map((count) => ({
          value: String(count),
          text:
            count === testImages
              ? l10n.t('All {0} test images', grouped(count))
              : l10n.t('First {0} test images', grouped(count)),
        })),
      ]}
      value={String(value)}
      onChange={(next) => onChoice({ images: { ...choice.images, [tab]: next === STUDY ? STUDY : Number(next) } })}
    />
  );
}
