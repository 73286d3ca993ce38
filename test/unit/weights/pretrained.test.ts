/** Where a training starts that does not start from nothing. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hashFile } from '../../../src/common/hashFile';
import { initialWeightsOf } from '../../../src/weights/fromStudy';
import { createModel } from '../../../src/models/model';
import { initialWeights, toStateDict } from '../../../src/models/weights';
import { saveCheckpoint } from '../../checkpointFiles';
import { parseStudy, type Study } from '../../../src/study';

const SEED = 7;
const model = createModel('efficientnet_b0', 64, 10);
let folder: string;
let home: string | undefined;

beforeAll(async () => {
  home = process.env['HF_HOME'];
  folder = await mkdtemp(join(tmpdir(), 'epochlens-pretrained-'));
  process.env['HF_HOME'] = folder;
  process.env['HF_HUB_OFFLINE'] = '1';
  const snapshot = join(folder, 'hub', 'models--timm--efficientnet_b0.ra_in1k', 'snapshots', 'main');
  await mkdir(snapshot, { recursive: true });
  const published = createModel('efficientnet_b0', 224, 1000);
  await saveCheckpoint(join(snapshot, 'model.safetensors'), published, initialWeights(published, 1), {});
  process.env['EPOCHLENS_IMAGENET_SHA256'] = await hashFile(join(snapshot, 'model.safetensors'));
  await saveCheckpoint(join(folder, 'ten.safetensors'), model, initialWeights(model, 2), {});
});
afterAll(async () => {
  if (home === undefined) delete process.env['HF_HOME'];
  else process.env['HF_HOME'] = home;
  delete process.env['HF_HUB_OFFLINE'];
  delete process.env['EPOCHLENS_IMAGENET_SHA256'];
  await rm(folder, { recursive: true });
});

function studyWith(weights: string): Study {
  const parsed = parseStudy(
    JSON.stringify({ model: { architecture: 'efficientnet_b0', weights, inputSize: 64 }, training: { seed: SEED } }),
    'x',
  );
  if (!parsed.ok) throw new Error('not a study');
  return parsed.study;
}

const stateOf = async (weights: string, say: (text: string) => void = () => undefined) =>
  toStateDict(model, await initialWeightsOf(studyWith(weights), folder, model, { say }));

it('"imagenet" takes the cached file without a word, and the classifier that a random start of this seed has', async () => {
  const said: string[] = [];
  const state = await stateOf('imagenet', (text) => said.push(text));
  const random = toStateDict(model, initialWeights(model, SEED));
  const published = toStateDict(model, initialWeights(model, 1));
  for (const name of ['conv_stem.weight', 'blocks.5.2.se.conv_expand.bias', 'conv_head.weight']) {
    expect(state.get(name), name).toEqual(published.get(name));
  }
  expect(state.get('classifier.weight')).toEqual(random.get('classifier.weight'));
  expect(state.get('classifier.bias')).toEqual(random.get('classifier.bias'));
  expect(said).toEqual(['The classifier of 1000 classes is replaced by a fresh one of 10.']);
});

it('a file of ten classes keeps its own classifier; one of a thousand, named by its path, does not', async () => {
  const ten = await stateOf('ten.safetensors');
  const own = toStateDict(model, initialWeights(model, 2));
  expect(ten.get('classifier.weight')).toEqual(own.get('classifier.weight'));
  const path = join(folder, 'hub', 'models--timm--efficientnet_b0.ra_in1k', 'snapshots', 'main', 'model.safetensors');
  const random = toStateDict(model, initialWeights(model, SEED));
  expect((await stateOf(path)).get('classifier.weight')).toEqual(random.get('classifier.weight'));
});

it('a file of another architecture is refused', async () => {
  const other = createModel('resnet20', 32, 10);
  await saveCheckpoint(join(folder, 'other.safetensors'), other, initialWeights(other, 1), {});
  await expect(stateOf('other.safetensors')).rejects.toThrow(/not weights of efficientnet_b0/);
});
