/**
 * What a study can expect of its own measurements: each study with its scores, and each score with the controls that it
 * can be held against. The study file's schema, the tests and the report walk this list.
 */
import { controlOf, CONTROLS, type ControlId } from '../faithfulness/controls';
import { SCORES } from '../faithfulness/scores';
import { LOCALISATION_CONTROLS, LOCALISATION_MEASURES } from '../localisation/measures';

export const STUDY_KEYS = ['faithfulness', 'sanity', 'localisation', 'focus', 'calibration'] as const;
export type StudyKey = (typeof STUDY_KEYS)[number];

/** How a score must stand to a control's, by at least (above, below) or at most (within) so much. */
export interface ExpectedControl {
  readonly id: string;
  /** In a sentence: "a random map". */
  readonly name: string;
  readonly direction: 'above' | 'below' | 'within';
  /** The field in a study file: "belowRandomBy". */
  readonly field: string;
}

export interface ExpectedScore {
  /** The field in a study file. */
  readonly key: string;
  readonly name: string;
  /** A sentence for a hover. */
  readonly description: string;
  readonly range: readonly [low: number, high: number];
  /** After the point. */
  readonly digits: number;
  readonly controls: readonly ExpectedControl[];
}

export interface ExpectedStudy {
  readonly key: StudyKey;
  /** "Faithfulness". */
  readonly title: string;
  readonly description: string;
  /** How many of what it is measured on where the study does not say; undefined: all test images. */
  readonly sample: { readonly field: 'images' | 'mosaics'; readonly count: number | undefined };
  readonly scores: readonly ExpectedScore[];
}

function control(id: string, name: string, direction: ExpectedControl['direction']): ExpectedControl {
  return { id, name, direction, field: `${direction}${id.charAt(0).toUpperCase()}${id.slice(1)}By` };
}

const faithfulness: readonly ExpectedScore[] = SCORES.map(({ id, name, description, range, better }) => ({
  key: id,
  name,
  description: `${name}: ${description}.`,
  range,
  digits: 3,
  controls:
    better === null
      ? []
      : CONTROLS.map((each: { id: ControlId; name: string }) =>
          control(each.id, each.name, better === 'lower' ? 'below' : 'above'),
        ),
}));

const localisation: readonly ExpectedScore[] = LOCALISATION_MEASURES.map(({ key, name, description }) => ({
  key,
  name,
  description,
  range: [0, 1],
  digits: 3,
  controls: LOCALISATION_CONTROLS.map((id) => control(id, controlOf(id).name, 'above')),
}));

const CHANCE = control('chance', 'chance', 'above');
const NEAR_CHANCE = control('chance', 'random maps', 'within');

export const EXPECTED_STUDIES: readonly ExpectedStudy[] = [
  {
    key: 'faithfulness',
    title: 'Faithfulness',
    description:
      'Whether the prediction depends on the places that the study’s heatmap marks, and what must hold of it at a checkpoint.',
    sample: { field: 'images', count: 100 },
    scores: faithfulness,
  },
  {
    key: 'sanity',
    title: 'Sanity checks',
    description:
      'Whether the study’s heatmaps depend on the class and on what was learned, and what must hold of it at a checkpoint.',
    sample: { field: 'images', count: 100 },
    scores: [
      {
        key: 'classSensitivity',
        name: 'class sensitivity',
        description:
          'Rank correlation of the predicted class’s map with that of the runner-up, before ReLU: near 1 the map does not depend on the class.',
        range: [-1, 1],
        digits: 3,
        controls: [NEAR_CHANCE],
      },
      {
        key: 'randomisation',
        name: 'randomisation',
        description:
          'Rank correlation, before ReLU, of the last checkpoint’s maps with those of the same network with all of its layers drawn anew: near 1 the map does not depend on what was learned.',
        range: [-1, 1],
        digits: 3,
        controls: [NEAR_CHANCE],
      },
    ],
  },
  {
    key: 'localisation',
    title: 'Localisation',
    description:
      'Whether relevance lies on the object, of data whose objects’ masks are known, and what must hold of it at a checkpoint.',
    sample: { field: 'images', count: 100 },
    scores: localisation,
  },
  {
    key: 'focus',
    title: 'Focus',
    description:
      'Whether relevance lies on the right tiles of 2 × 2 mosaics of two classes, and what must hold of it at a checkpoint.',
    sample: { field: 'mosaics', count: 100 },
    scores: [
      {
        key: 'share',
        name: 'Focus',
        description:
          'The share of positive relevance on the tiles of the explained class: 1 is all of it, 0.5 what chance has.',
        range: [0, 1],
        digits: 3,
        controls: [CHANCE],
      },
    ],
  },
  {
    key: 'calibration',
    title: 'Calibration',
    description: 'Whether confidence is as high as accuracy, and what must hold of it at a checkpoint.',
    sample: { field: 'images', count: undefined },
    scores: [
      score('ece', 'ECE', 'Expected calibration error in 15 bins of equal width.', [0, 1]),
      score(
        'eceEqualMass',
        'ECE of equal mass',
        'Expected calibration error in 15 bins of as many images each.',
        [0, 1],
      ),
      score('nll', 'NLL', 'Mean negative log-likelihood of the label, in nats.', [0, Infinity]),
      score('brier', 'Brier score', 'Squared error of all classes’ probabilities, summed over classes.', [0, 2]),
      score(
        'overconfidence',
        'overconfidence',
        'Mean confidence less accuracy: negative where it is too low.',
        [-1, 1],
      ),
      score(
        'temperature',
        'temperature',
        'What logits are divided by to fit confidence to accuracy: 1 changes nothing.',
        [0, Infinity],
      ),
    ],
  },
];

function score(key: string, name: string, description: string, range: ExpectedScore['range']): ExpectedScore {
  return { key, name, description, range, digits: 4, controls: [] };
}

export function expectedStudy(key: StudyKey): ExpectedStudy {
  return EXPECTED_STUDIES.find((study) => study.key === key) as ExpectedStudy;
}
