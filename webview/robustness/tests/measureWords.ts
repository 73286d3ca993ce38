/** The measures' words in the person's language. A measure without an entry here has its own, English words. */
import * as l10n from '@vscode/l10n';
import type { RobustnessMeasure } from '../../../src/measures/robustness/measures';
import { QUANTITIES } from '../../../src/statistics/quantity';

export interface MeasureWords {
  /** In a list of choices. */
  readonly name: string;
  /** At the head of a column. */
  readonly head: string;
  /** At length. */
  readonly description: string;
}

export function measureWords({ id, name, head, description }: RobustnessMeasure): MeasureWords {
  const words: Readonly<Record<string, MeasureWords>> = {
    clean: {
      name: l10n.t('Clean accuracy'),
      head: l10n.t('Clean %'),
      description: l10n.t('Accuracy on the same images as they are'),
    },
    accuracy: {
      name: l10n.t('Accuracy'),
      head: l10n.t('Accuracy %'),
      description: l10n.t('Accuracy on the perturbed images'),
    },
    drop: {
      name: l10n.t('Confidence drop of the prediction'),
      head: l10n.t('Drop'),
      description: l10n.t('Mean drop of the probability of the clean prediction, negative where it rises'),
    },
    dropOfLabel: {
      name: l10n.t('Confidence drop of the label'),
      head: l10n.t('Drop of label'),
      description: l10n.t('Mean drop of the probability of the label, negative where it rises'),
    },
    flips: {
      name: l10n.t('Predictions flipped'),
      head: l10n.t('Flips %'),
      description: l10n.t('How often the prediction is another than on the clean image'),
    },
    spearman: {
      name: l10n.t('Heatmap similarity: rank correlation'),
      head: l10n.t('Rank corr.'),
      description: l10n.t("Mean rank correlation (Spearman) of the heatmap with the clean image's"),
    },
    ssim: {
      name: l10n.t('Heatmap similarity: SSIM'),
      head: l10n.t('SSIM'),
      description: l10n.t("Mean structural similarity of the heatmap with the clean image's"),
    },
    topOverlap: {
      name: l10n.t('Heatmap similarity: top-20 % overlap'),
      head: l10n.t('Top 20 %'),
      description: l10n.t("Mean overlap of the hottest fifth of the heatmap with the clean image's"),
    },
  };
  return words[id] ?? { name, head, description };
}

/** What a measure is, its range, and which values are better; for a hover. */
export function describeMeasure(measure: RobustnessMeasure): string {
  const [low, high] = measure.kind === 'rate' ? [0, 100] : QUANTITIES[measure.quantity].range;
  const { description } = measureWords(measure);
  const least = String(low).replace('-', '−');
  return measure.better === 'higher'
    ? l10n.t('{0}; {1} … {2}, higher is better. Below it stands its 95 % interval.', description, least, high)
    : l10n.t('{0}; {1} … {2}, lower is better. Below it stands its 95 % interval.', description, least, high);
}
