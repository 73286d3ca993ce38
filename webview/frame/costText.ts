/** What heatmaps cost, before they are computed. */
import * as l10n from '@vscode/l10n';
import type { DescribedChoice } from '../../src/explanations/descriptions';
import type { ExplainedView } from '../common/explanation';
import { passesHere } from '../common/passes';
import { grouped } from '../common/text';

/** How many maps are asked for, each of an image at a checkpoint. */
export interface MapCount {
  readonly images: number;
  readonly epochs: number;
}

/** "Forward and backward passes: 52 and 50 an image and class, 780 and 750 in all (images × checkpoints: 5 × 3)." */
export function costText(
  view: ExplainedView,
  chosen: DescribedChoice,
  layer: string,
  { images, epochs }: MapCount,
): string {
  const { forward, backward } = passesHere(view, chosen, layer);
  const [all, back] = [forward, backward].map((passes) => grouped(passes * images * epochs)) as [string, string];
  const of = l10n.t('images × checkpoints: {0} × {1}', images, epochs);
  const each = chosen.method.resolution === 'input' ? l10n.t('an image and class') : l10n.t('an image');
  return backward === 0
    ? l10n.t('Forward passes: {0} {1}, {2} in all ({3}).', grouped(forward), each, all, of)
    : l10n.t(
        'Forward and backward passes: {0} and {1} {2}, {3} and {4} in all ({5}).',
        grouped(forward),
        grouped(backward),
        each,
        all,
        back,
        of,
      );
}
