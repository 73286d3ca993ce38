import { expect, it } from 'vitest';
import {
  checkTraining,
  defaultStudyText,
  examineStudy,
  parseStudy,
  permutedStudyText,
  imagenetteStudyText,
  picturesStudyText,
  publishedStudyText,
  smallStudyText,
  sweepStudyText,
  tinyImagenetStudyText,
  studiesIn,
  type Study,
} from '../../../src/study';
import { UNLIKELY_PERTURBATIONS, UNLIKELY_SETTINGS } from '../../../src/study/checks/unlikelyValues';

function study(fields: object): Study {
  const parsed = parseStudy(JSON.stringify(fields), 's.epochlens.json');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.study;
}

const remarks = async (fields: object): Promise<string[]> =>
  (await checkTraining(study(fields), '/')).map(
    ({ severity, path, found, expected }) => `${severity} ${path.join('.')} ${found ?? ''}, ${expected ?? ''}`,
  );

/** A value that each record is about. */
const UNLIKELY: Readonly<Record<string, object>> = {
  'training.learningRate above': { training: { learningRate: 50 } },
  'training.learningRate below': { training: { learningRate: 1e-7 } },
  'training.momentum above': { training: { momentum: 0.999 } },
  'training.weightDecay above': { training: { weightDecay: 1 } },
  'training.epochs below': { training: { epochs: 0 } },
  'training.epochs above': { training: { epochs: 5000 } },
  'training.batchSize above': { dataset: { kind: 'synthetic', trainCount: 100 }, training: { batchSize: 128 } },
  'training.batchSize below': { training: { batchSize: 2 } },
  'training.microBatchSize below': { training: { microBatchSize: 4 } },
  'training.warmupEpochs above': { training: { epochs: 10, warmupEpochs: 8 } },
  'dataset.trainLimit above': { dataset: { kind: 'synthetic', trainLimit: 5000 } },
  'dataset.testLimit above': { dataset: { kind: 'synthetic', testLimit: 5000 } },
  'dataset.testLimit below': { dataset: { kind: 'synthetic', testLimit: 20 } },
  'dataset.validation.count below': { dataset: { kind: 'synthetic', validation: { count: 20 } } },
  'model.inputSize above': { model: { inputSize: 224 } },
  'model.normalization.mean above': { model: { normalization: { mean: [1.2, 1.1, 1], std: [0.2, 0.2, 0.2] } } },
  'model.normalization.std above': { model: { normalization: { mean: [0.5, 0.5, 0.5], std: [63, 62, 61] } } },
  'explain.images.random above': { explain: { images: { random: 300 } } },
  'gaussianNoise.standardDeviation above': { perturbations: [{ kind: 'gaussianNoise', standardDeviation: 0.9 }] },
  'gaussianNoise.standardDeviation below': { perturbations: [{ kind: 'gaussianNoise', standardDeviation: 0 }] },
  'rotation.degrees above': { perturbations: [{ kind: 'rotation', degrees: [-180, 10] }] },
  'shear.degrees above': { perturbations: [{ kind: 'shear', degrees: [-60, 0] }] },
  'translation.pixels above': { perturbations: [{ kind: 'translation', pixels: { x: [-20, 0] } }] },
  'occlusion.pixels above': { perturbations: [{ kind: 'occlusion', pixels: 900 }] },
  '*.images above': { perturbations: [{ kind: 'rotation', images: 501 }] },
  '*.rounds above': { perturbations: [{ kind: 'rotation', rounds: 100 }] },
  '*.expect.accuracy.min below': { perturbations: [{ kind: 'rotation', expect: { accuracy: { min: 0.8 } } }] },
  '*.expect.confidenceDrop.max below': {
    perturbations: [{ kind: 'rotation', expect: { confidenceDrop: { max: -0.5 } } }],
  },
};

const RECORDS = [...UNLIKELY_SETTINGS, ...UNLIKELY_PERTURBATIONS];
const nameOf = ({ field, above }: (typeof RECORDS)[number]): string =>
  `${field} ${above === undefined ? 'below' : 'above'}`;

it('every record has an example here', () => {
  expect(Object.keys(UNLIKELY)).toEqual(RECORDS.map(nameOf));
});

it.each(RECORDS.map((record) => [nameOf(record), record] as const))(
  '%s is remarked on, alone',
  async (name, record) => {
    const found = await remarks(UNLIKELY[name]!);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^${record.severity} .*${record.field.split('.').slice(1).join('\\.')} `));
    expect(found[0]).toContain(`${record.usual} as a rule`);
  },
);

it.each([
  [{ kind: 'synthetic', trainCount: 100, validation: { count: 100 } }, 100],
  [{ kind: 'synthetic', trainCount: 100, trainLimit: 80, validation: { count: 90 } }, 80],
])('a validation split that leaves nothing is refused: %j', async (dataset, there) => {
  expect(await remarks({ dataset })).toEqual([
    `error dataset.validation.count ${dataset.validation.count}, fewer than the ${there} training images`,
  ]);
});

it('is placed at the value, with its reason, and blocks nothing', async () => {
  const text = '{ "training": { "learningRate": 50 } }';
  const { schema, contradictions, read } = await examineStudy(text, '/s.epochlens.json');
  expect([...schema, ...contradictions]).toEqual([]);
  expect(read?.variants[0]?.remarks).toMatchObject([
    {
      severity: 'warning',
      path: ['training', 'learningRate'],
      found: '50',
      advice: 'Such large steps make the loss grow instead of fall.',
    },
  ]);
});

it('of a default nothing is said', async () => {
  const { read } = await examineStudy('{ "dataset": { "kind": "synthetic", "trainCount": 20 } }', '/s.epochlens.json');
  expect(read?.variants[0]?.remarks).toEqual([]);
});

it.each([
  defaultStudyText,
  permutedStudyText,
  smallStudyText,
  sweepStudyText,
  publishedStudyText,
  picturesStudyText,
  imagenetteStudyText,
  tinyImagenetStudyText,
])('nothing in a created study is unlikely', async (text) => {
  const { schema, contradictions, read } = await examineStudy(text('new'), '/s.epochlens.json');
  const remarks = read?.variants.flatMap((variant) => variant.remarks) ?? [];
  expect([...schema, ...contradictions, ...remarks.filter(({ code }) => code !== 'dataMissing')]).toEqual([]);
});

it.each([
  ['{ "model": { "architecture": "vgg11_bn_cifar" }, "explain": { "layer": ', ['vgg11_bn_cifar']],
  ['{ "model": [{ "architecture": "resnet18" }, {}], "training": { "epochs": "x" } }', ['resnet18', 'resnet20']],
  ['', []],
  ['[]', []],
])('what is being written has studies: %s', async (text, architectures) => {
  const studies = await studiesIn(text, '/s.epochlens.json');
  expect(studies.map(({ model }) => model.architecture)).toEqual(architectures);
});
