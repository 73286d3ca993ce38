/** What the measures mean, in the editor's language: for the help, and below the charts. */
import * as l10n from '@vscode/l10n';
import type { ScoreId } from '../../src/measures/faithfulness/scores';
import type { TrustTab } from '../../src/protocol/trustPanel';
import { binsText } from './calibration/texts';
import { scoreText } from './faithfulness/texts';

export type Definition = readonly [term: string, meaning: string];

export function scoreDefinition(score: ScoreId): string {
  switch (score) {
    case 'deletion':
      return l10n.t(
        'The area under the probability of the class while pixels are set to black, those that the map marks most first, in 20 steps (Petsiuk et al. 2018). 0 … 1.',
      );
    case 'insertion':
      return l10n.t(
        'The area under the probability of the class while pixels are put back into the blurred image, those that the map marks most first, in 20 steps (Petsiuk et al. 2018). 0 … 1.',
      );
    case 'road':
      return l10n.t(
        'The mean probability of the class after the least relevant pixels are imputed from their neighbours, minus the same of the most relevant ones, over 10, 20, … 90 % of the pixels (Rong et al. 2022). −1 … 1.',
      );
    case 'muFidelity':
      return l10n.t(
        'The correlation of how much a random fifth of the map’s cells adds up to with how much the probability falls when they are set to black (Bhatt et al. 2020). −1 … 1.',
      );
    case 'sensitivity':
      return l10n.t(
        'The largest change of the map, relative to its norm, when the image is changed by uniform noise of up to 0.02 (Yeh et al. 2019). It describes a map and does not judge it.',
      );
    case 'sparseness':
      return l10n.t(
        'The Gini index of the map: 0 where all places are the same, near 1 where one has all (Chalasani et al. 2020). It describes a map and does not judge it.',
      );
  }
}

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
