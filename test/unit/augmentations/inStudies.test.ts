/** `training.augmentation` of a study file: what it means, its hash, and what is refused. */
import { expect, it } from 'vitest';
import { parseStudy, studyHash, type Study } from '../../../src/study';

const parse = (study: object) => parseStudy(JSON.stringify(study), 'x.epochlens.json');
function study(augmentation: unknown, perturbations: object[] = []): Study {
  const parsed = parse({ training: { augmentation }, perturbations });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.study;
}

it('of earlier versions means what it meant, with the hash that it had', () => {
  // As version 0.1 resolved and hashed them.
  expect(studyHash(study('none'))).toBe('fea07f783f5feca287b93f0387de2c2fb0cb1bcda8e31bbca10e98840a99a933');
  expect(studyHash(study('flipCrop'))).toBe('a880504706f024c0b0f0e2ed1abdce08cdd33a23c39c85e908a88318ac532ec0');
  expect(studyHash(study(undefined))).toBe(studyHash(study('none')));
  expect(studyHash(study([{ kind: 'flipCrop', padding: 4 }]))).toBe(studyHash(study('flipCrop')));
  expect(studyHash(study([{ kind: 'flipCrop', padding: 3 }]))).not.toBe(studyHash(study('flipCrop')));
});

it('holds the perturbations that are trained on, and not how they test', () => {
  const noise = { kind: 'gaussianNoise', standardDeviation: 0.1 };
  const hash = studyHash(study('perturbations', [noise]));
  expect(studyHash(study('perturbations', [{ ...noise, rounds: 7, seed: 9, images: 5 }]))).toBe(hash);
  expect(studyHash(study('perturbations', [{ ...noise, expect: { accuracy: { min: 80 } } }]))).toBe(hash);
  expect(studyHash(study('perturbations', [{ ...noise, standardDeviation: 0.2 }]))).not.toBe(hash);
  expect(studyHash(study('flipCrop', [noise]))).toBe(studyHash(study('flipCrop')));
});

it.each<[unknown, string, RegExp]>([
  ['cutOut', 'training.augmentation', /"none", "flipCrop", "cutout".*Did you mean "cutout"/],
  [['flipCrop', 'none'], 'training.augmentation.1', /"flipCrop", "cutout"/],
  [{ kind: 'cutout', size: 1 }, 'training.augmentation.size', /from 2 to 1024/],
  [['flipCrop', { kind: 'cutout', sise: 8 }], 'training.augmentation.1.sise', /Did you mean "size"/],
  [[{ kind: 'randomErasing', probability: 1.5 }], 'training.augmentation.0.probability', /out of range/],
  [
    [{ kind: 'perturbations', of: [{ kind: 'gaussianNoise', standardDeviation: 2 }] }],
    'training.augmentation.0.of.0.standardDeviation',
    /from 0 to 1/,
  ],
  [
    ['flipCrop', { kind: 'cutout', size: 33 }],
    'training.augmentation.1.size',
    /larger than the image.*at most the 32 pixels/,
  ],
  [[{ kind: 'flipCrop', padding: 32 }], 'training.augmentation.0.padding', /less than the 32 pixels/],
  [[{ kind: 'randomErasing', area: [0.5, 0.1] }], 'training.augmentation.0.area', /smallest area is above the largest/],
  ['perturbations', 'training.augmentation.0', /no perturbations to train on.*"of" with perturbations/],
])('%j is refused at its place', (augmentation, place, text) => {
  const parsed = parse({ training: { augmentation } });
  if (parsed.ok) throw new Error('it was taken');
  const [problem] = parsed.problems;
  expect(problem?.path.join('.')).toBe(place);
  expect(`${problem?.summary} ${problem?.expected} ${problem?.advice}`).toMatch(text);
});
