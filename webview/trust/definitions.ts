/** What the measures mean, in the editor's language, for the help. */
import * as l10n from '@vscode/l10n';
import type { TrustTab } from '../../src/protocol/trustPanel';
import { binsText } from './calibration/texts';
import { scoreDefinition } from './faithfulness/scoreDefinition';
import { scoreText } from './faithfulness/texts';

export type Definition = readonly [term: string, meaning: string];

export function definitionsOf(tab: TrustTab): readonly Definition[] {
  switch (tab) {
    case 'faithfulness':
      return [
        ...(['deletion', 'insertion', 'road', 'muFidelity', 'sensitivity', 'sparseness'] as const).map(
          (score): Definition => [scoreText(score), scoreDefinition(score)],
        ),
        [
          l10n.t('Controls'),
          l10n.t(
            'Maps that know nothing of the checkpoint: a random one, a blob in the centre, the image’s edges, and the same method’s map before training. What counts is the difference to them, image by image.',
          ),
        ],
      ];
    case 'sanity':
      return [
        [
          l10n.t('Class sensitivity'),
          l10n.t(
            'How alike the maps of the predicted class and of the runner-up are. Maps that explain a class differ between classes.',
          ),
        ],
        [
          l10n.t('Randomised weights'),
          l10n.t(
            'How alike the maps stay when layers are drawn anew as before training, from the head down or each alone (Adebayo et al. 2018). Maps that follow from what was learned change.',
          ),
        ],
        [
          l10n.t('Another run'),
          l10n.t(
            'How alike the maps are to those of another run, such as one that was trained on permuted labels and so learned nothing of the classes.',
          ),
        ],
        [
          l10n.t('Agreement of methods'),
          l10n.t('How alike the maps of two methods are, of the same images at the same checkpoint.'),
        ],
      ];
    case 'localisation':
      return [
        [
          l10n.t('Focus'),
          l10n.t(
            'The share of positive relevance that lies on the right two tiles of a mosaic of two images of the class and two of another (Arias-Duart et al. 2022). 0.5 is chance.',
          ),
        ],
        [l10n.t('Energy inside'), l10n.t('The share of positive relevance that lies on the object.')],
        [l10n.t('Pointing game'), l10n.t('Whether the most relevant place lies on the object (Zhang et al. 2018).')],
        [
          l10n.t('Mass and rank accuracy'),
          l10n.t(
            'The share of the map’s mass on the object, and the share of the object’s size in most relevant pixels that lies on it (Arras et al. 2022).',
          ),
        ],
      ];
    case 'calibration':
      return [
        [
          l10n.t('Expected calibration error'),
          l10n.t(
            'The mean distance of accuracy and confidence over 15 bins of confidence, by their numbers of images. It is biased upwards for few images.',
          ),
        ],
        [l10n.t('Bins'), `${binsText('equalWidth')} ${binsText('equalMass')}`],
        [
          l10n.t('Negative log-likelihood, Brier score'),
          l10n.t('How improbable the labels are, and the squared error of all classes’ probabilities. Less is better.'),
        ],
        [
          l10n.t('Temperature'),
          l10n.t(
            'What all logits are divided by, so that confidence matches accuracy best on images that are not scored. It changes no prediction.',
          ),
        ],
      ];
  }
}
