/** What heatmaps cost, before they are computed. */
import * as l10n from '@vscode/l10n';
import type { ChosenMethod } from '../../src/explanations';
import { passesHere, type ExplainedView } from '../common/explanation';
import { grouped } from '../common/text';

/** How many maps are asked for, each of an image at a checkpoint. */
export interface MapCount {
  readonly images: number;
  readonly epochs: number;
}

/** "51 forward and 50 backward passes an image: 765 and 750 for 5 images at 3 checkpoints." */
export function costText(
  view: ExplainedView,
  chosen: ChosenMethod,
  layer: string,
  { images, epochs }: MapCount,
): string {
  const { forward, backward } = passesHere(view, chosen, layer);
  const [all, back] = [forward, backward].map((passes) => grouped(passes * images * epochs)) as [string, string];
  const of = l10n.t('{0} images at {1} checkpoints', images, epochs);
  const each = chosen.method.resolution === 'input' ? l10n.t('an image and class') : l10n.t('an image, of all classes');
  return backward === 0
    ? l10n.t('Forward passes: {0} {1}; {2} for {3}.', grouped(forward), each, all, of)
    : l10n.t(
        'Forward and backward passes: {0} and {1} {2}; {3} and {4} for {5}.',
        grouped(forward),
        grouped(backward),
        each,
        all,
        back,
        of,
      );
}
