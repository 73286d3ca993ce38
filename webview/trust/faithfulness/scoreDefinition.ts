import * as l10n from '@vscode/l10n';
import type { ScoreId } from '../../../src/measures/faithfulness/scores';

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
