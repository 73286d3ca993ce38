/** What is scored of a map: each score with its range, its formula in a sentence, and the paper it is from. */

/** A curve over shares of the pixels that a score is the area of, or the difference of two of. */
export const CURVES = ['deletion', 'insertion', 'mostRelevantFirst', 'leastRelevantFirst'] as const;
export type CurveName = (typeof CURVES)[number];

export interface FaithfulnessScore {
  readonly id: ScoreId;
  /** As a person reads it: "Deletion". */
  readonly name: string;
  /** In a sentence, after its name: "the area under …". */
  readonly description: string;
  /** The paper: "Petsiuk et al. 2018". */
  readonly source: string;
  /** What it cannot leave. */
  readonly range: readonly [low: number, high: number];
  /** Which of two maps is the more faithful; null of a score that describes a map and does not judge it. */
  readonly better: 'higher' | 'lower' | null;
  readonly curves: readonly CurveName[];
}

export const SCORE_IDS = ['deletion', 'insertion', 'road', 'muFidelity', 'sensitivity', 'sparseness'] as const;
export type ScoreId = (typeof SCORE_IDS)[number];

/** Where nothing is said: μ-fidelity and sensitivity take passes of their own. */
export const DEFAULT_SCORES: readonly ScoreId[] = ['deletion', 'insertion', 'road', 'sparseness'];

export const SCORES: readonly FaithfulnessScore[] = [
  {
    id: 'deletion',
    name: 'Deletion',
    description:
      'the area under the class’s probability while pixels are set to black, the highest of the map first, in 20 steps',
    source: 'Petsiuk et al. 2018',
    range: [0, 1],
    better: 'lower',
    curves: ['deletion'],
  },
  {
    id: 'insertion',
    name: 'Insertion',
    description:
      'the area under the class’s probability while pixels are put back into the blurred image (Gaussian, 11 taps, ' +
      'sigma 5), the highest of the map first, in 20 steps',
    source: 'Petsiuk et al. 2018',
    range: [0, 1],
    better: 'higher',
    curves: ['insertion'],
  },
  {
    id: 'road',
    name: 'ROAD',
    description:
      'the class’s mean probability after the lowest pixels of the map are imputed from their neighbours, minus the ' +
      'same of the highest, over 10, 20, … 90 % of the pixels',
    source: 'Rong et al. 2022',
    range: [-1, 1],
    better: 'higher',
    curves: ['mostRelevantFirst', 'leastRelevantFirst'],
  },
  {
    id: 'muFidelity',
    name: 'μ-fidelity',
    description:
      'Pearson’s correlation, over random fifths of the map’s cells that are set to black, of the sum of their values ' +
      'with the drop of the class’s probability',
    source: 'Bhatt et al. 2020',
    range: [-1, 1],
    better: 'higher',
    curves: [],
  },
  {
    id: 'sensitivity',
    name: 'Sensitivity',
    description:
      'the largest change of the map, relative to its norm, under uniform noise of up to 0.02 of the pixels’ range',
    source: 'Yeh et al. 2019',
    range: [0, Infinity],
    better: null,
    curves: [],
  },
  {
    id: 'sparseness',
    name: 'Sparseness',
    description: 'the Gini index of the map’s absolute values: 0 where all are the same, near 1 where one has all',
    source: 'Chalasani et al. 2020',
    range: [0, 1],
    better: null,
    curves: [],
  },
];

export function scoreOf(id: ScoreId): FaithfulnessScore {
  return SCORES.find((score) => score.id === id) as FaithfulnessScore;
}
