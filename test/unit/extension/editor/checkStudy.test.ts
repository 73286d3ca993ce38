import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkStudy } from '../../../../src/extension/editor/checkStudy';
import type { Finding } from '../../../../src/extension/editor/finding';
import type { RunSummary } from '../../../../src/extension/runs/runSummary';
import { defaultStudyText } from '../../../../src/study';
import { trainingRun } from '../runs/summaries';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'epochlens-check-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const check = (text: string): Promise<Finding[]> => checkStudy(text, join(folder, 's.epochlens.json'));
const underlined = (text: string, { offset, length }: Finding): string => text.slice(offset, offset + length);

test('a new study has nothing wrong', async () => {
  expect(await check(defaultStudyText('new'))).toEqual([]);
});

test('a map of one cell: the size, the stem, and an earlier layer are the ways out', async () => {
  const text = '{ "model": { "architecture": "efficientnet_b0", "inputSize": 32 } }';
  const [finding] = await check(text);
  expect(finding?.message).toContain('leaves a 1×1 map, so every heatmap would be blank');
  expect(underlined(text, finding!)).toBe('32');
  expect(finding?.fixes).toEqual([
    {
      title: 'Set inputSize to 128: a 4×4 map, for about 16 times the work',
      changes: [{ path: ['model', 'inputSize'], value: 128 }],
    },
    {
      title: 'Set inputSize to 224: a 7×7 map, for about 49 times the work',
      changes: [{ path: ['model', 'inputSize'], value: 224 }],
    },
    {
      title: 'Use resnet18_cifar, whose stem keeps small images large: a 4×4 map',
      changes: [{ path: ['model', 'architecture'], value: 'resnet18_cifar' }],
    },
    {
      title: 'Look at the earlier layer blocks.2.1: a 4×4 map',
      changes: [{ path: ['explain', 'layer'], value: 'blocks.2.1' }],
    },
  ]);
});

test('a network that takes no larger images: no size is offered that it refuses', async () => {
  const [finding] = await check('{ "model": { "architecture": "vgg16_bn_cifar", "inputSize": 32 } }');
  expect(finding?.message).toContain('leaves a 2×2 map');
  expect(finding?.fixes).toMatchObject([
    { changes: [{ value: 'resnet18_cifar' }] },
    { changes: [{ value: 'features.32' }] },
  ]);
});

test('of several models, the one that is meant', async () => {
  const models = '[{ "architecture": "resnet20" }, { "architecture": "efficientnet_b0", "inputSize": 32 }]';
  const text = `{ "model": ${models}, "explain": { "images": { "random": 900 } } }`;
  const [map, images, ...others] = await check(text);
  expect(map?.message).toContain('efficientnet_b0 at input size 32 leaves a 1×1 map');
  expect(underlined(text, map!)).toBe('32');
  expect(map?.fixes[0]).toMatchObject({ changes: [{ path: ['model', 1, 'inputSize'], value: 128 }] });
  expect(images?.message).toBe('The study has only 500 test images: found 900, expected at most 500.');
  expect(others).toMatchObject([{ code: 'unlikelyValue', severity: 'information' }]);
  const noWeights = '{ "model": [{ "architecture": "resnet18" }, { "weights": "imagenet" }] }';
  const [wrong] = await check(noWeights);
  expect(underlined(noWeights, wrong!)).toBe('"imagenet"');
  expect(wrong?.fixes[0]).toMatchObject({ changes: [{ path: ['model', 1, 'weights'], value: 'random' }] });
});

test('ImageNet weights have no other stem', async () => {
  const [finding] = await check('{ "model": { "architecture": "resnet18", "weights": "imagenet", "inputSize": 64 } }');
  expect(finding?.message).toContain('leaves a 2×2 map, so heatmaps would be crude');
  expect(finding?.fixes.some(({ title }) => title.includes('resnet18_cifar'))).toBe(false);
});

test.each(['resnet20', 'resnet18_cifar'])('%s at 32 is fine', async (architecture) => {
  expect(await check(`{ "model": { "architecture": "${architecture}" } }`)).toEqual([]);
});

test('a layer that is not there: the nearest name, and auto', async () => {
  const text = '{ "explain": { "layer": "layer3.3" } }';
  const [finding] = await check(text);
  expect(finding?.message).toContain('No such layer in resnet20: found "layer3.3", expected "auto"');
  expect(underlined(text, finding!)).toBe('"layer3.3"');
  expect(finding?.fixes.map(({ title }) => title)).toContain('Replace by "auto"');
});

test('layers are fused where all of them are there, two at least', async () => {
  const found = async (layer: string) => (await check(`{ "explain": { "layer": "${layer}" } }`))[0]?.message;
  expect(await found('mean(layer2,layer3)')).toBeUndefined();
  expect(await found('mean(layer2,layer9)')).toContain(
    'found "layer9" in "mean(layer2,layer9)", expected auto or one of',
  );
  expect(await found('median(layer2,layer3)')).toContain('expected mean(LAYER,LAYER) or maximum(LAYER,LAYER)');
  expect(await found('mean(layer3)')).toContain('expected two different layers or more');
});

test('a missing data folder is underlined, or what stands for it', async () => {
  const text = '{ "dataset": { "kind": "cifar10" } }';
  const [finding] = await check(text);
  expect(finding?.code).toBe('dataMissing');
  expect(underlined(text, finding!)).toBe('"dataset"');
});

test('a folder with only some batches counts what it has', async () => {
  await writeFile(join(folder, 'data_batch_1.bin'), new Uint8Array(3073 * 5));
  await writeFile(join(folder, 'test_batch.bin'), new Uint8Array(3073 * 3));
  const dataset = '"dataset": { "kind": "cifar10", "folder": "." }';
  const text = `{ ${dataset}, "explain": { "images": { "test": [2, 3], "train": [4, 5] } } }`;
  const found = await check(text);
  expect(found.map((finding) => underlined(text, finding))).toEqual(['3', '5']);
  expect(found[0]?.fixes).toEqual([
    {
      title: 'Leave out the images that are not there',
      changes: [{ path: ['explain', 'images', 'test'], value: [2] }],
    },
  ]);
});

test('a folder without CIFAR-10 files', async () => {
  const other = await mkdtemp(join(folder, 'other-'));
  const [finding] = await check(JSON.stringify({ dataset: { kind: 'cifar10', folder: other } }));
  expect(finding?.message).toMatch(/^No CIFAR-10 batch files: found an empty folder in .*, expected data_batch_1\.bin/);
});

test('checkpoints after the last epoch', async () => {
  const [finding] = await check('{ "training": { "epochs": 2 }, "explain": { "checkpoints": [0, 7] } }');
  expect(finding?.message).toBe(
    'Training ends before this epoch: found 7, expected an epoch from 0 to 2, the value of training.epochs.',
  );
  expect(finding?.fixes).toEqual([
    { title: 'Leave out what is after epoch 2', changes: [{ path: ['explain', 'checkpoints'], value: [0] }] },
    { title: 'Train for 7 epochs', changes: [{ path: ['training', 'epochs'], value: 7 }] },
  ]);
});

test('what breaks the schema is known as such, with what was meant', async () => {
  const [finding] = await check('{ "training": { "epocs": 3 } }');
  expect(finding).toMatchObject({ bySchema: true, fixes: [{ replacement: '"epochs"' }] });
});

test.each(['none.safetensors', 'none.pth'])('a weights file that is not there: %s', async (name) => {
  const [finding] = await check(`{ "model": { "weights": "${name}" } }`);
  expect(finding).toMatchObject({ code: 'weightsMissing', severity: 'error' });
});

test('what can be read is checked beside what the schema refuses', async () => {
  const parts = [
    '"dataset": { "kind": "synthetic", "testCount": 20, "seed": "x" }',
    '"training": { "epochs": 3, "batchSize": "many", "warmupEpochs": 9 }',
    '"explain": { "checkpoints": [5], "images": { "test": [3, 99] }, "layer": "layer9" }',
    '"perturbations": [{ "kind": "none" }, { "kind": "rotation", "degrees": [30, -30] }]',
  ];
  const text = `{ ${parts.join(', ')} }`;
  const found = (await check(text)).filter(({ severity }) => severity === 'error');
  expect(found.map((finding) => underlined(text, finding))).toEqual(
    // The images depend on a data set that cannot be read, and so are not judged.
    ['"x"', '"many"', '9', '5', '"layer9"', '"none"', '[30, -30]'],
  );
  expect(found.map(({ bySchema }) => bySchema)).toEqual([true, true, false, false, false, true, false]);
});

test.each([
  ['{ "training": { "epocs": 30 }, "explain": { "checkpoints": [25] } }', ['"epocs"']],
  ['{ "epochs": 30, "explain": { "checkpoints": [25] } }', ['"epochs"']],
  ['{ "dataset": { "kind": "cifar" }, "explain": { "images": { "test": [9999] } } }', ['"cifar"']],
  ['{ "model": [{}, { "architecture": "x" }], "explain": { "layer": "y" } }', ['"x"']],
  ['{ "explain": { "images": { "test": [3, -1, 9999] } } }', ['-1']],
])('nothing is said of what depends on what cannot be read: %s', async (text, expected) => {
  expect((await check(text)).map((finding) => underlined(text, finding))).toEqual(expected);
});

test('texts that are no study do not throw', async () => {
  for (const text of ['', '[]', '{', 'null', '{"model":', '\u0000'])
    expect((await check(text)).length).toBeGreaterThan(0);
});

test('another study of the name is warned of, with a name that is free', async () => {
  const own = await mkdtemp(join(tmpdir(), 'epochlens-names-'));
  await writeFile(join(own, 'a.epochlens.json'), '{}');
  await writeFile(join(own, 'b.epochlens.json'), '');
  const text = '{ "name": "a" }';
  const [finding, ...others] = await checkStudy(text, join(own, 'b.epochlens.json'));
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ code: 'duplicateName', severity: 'warning' });
  expect(finding?.message).toContain('a.epochlens.json has the name "a", too.');
  expect(underlined(text, finding!)).toBe('"a"');
  expect(finding?.fixes).toEqual([{ title: 'Name this study "a-2"', changes: [{ path: ['name'], value: 'a-2' }] }]);
  expect(await checkStudy('{}', join(own, 'b.epochlens.json'))).toEqual([]);
  await rm(own, { recursive: true });
});

test('runs of a study file that is gone are offered to a study of their name or settings', async () => {
  const lost = (changes: Partial<RunSummary>): RunSummary =>
    trainingRun({ lost: true, studyFile: join(folder, 'old.epochlens.json'), studyName: 'old', ...changes });
  const runs = [lost({ folder: '/1', studyHash: 'x' }), lost({ folder: '/2', studyName: 's' })];
  const findings = await checkStudy('{}', join(folder, 's.epochlens.json'), runs);
  expect(findings).toMatchObject([{ code: 'lostRuns', severity: 'information', offset: 0, length: 1 }]);
  expect(findings[0]?.message).toContain('A run of old.epochlens.json, which is gone');
  expect(findings[0]?.fixes).toMatchObject([
    { command: 'epochlens.adoptRun', argument: { studyFile: join(folder, 's.epochlens.json'), runs: ['/2'] } },
  ]);
});
