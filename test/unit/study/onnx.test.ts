/** Studies whose network is that of an ONNX file. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkTraining, parseStudy, parseStudyFile, readStudy, studiesIn } from '../../../src/study';
import { smallOnnx } from '../../onnx/small';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'epochlens-study-'));
  await writeFile(join(folder, 'small.onnx'), smallOnnx());
  await writeFile(join(folder, 'scaled.onnx'), smallOnnx({ scaled: true, classes: 4 }));
  await writeFile(join(folder, 'broken.onnx'), 'no protobuf');
});
afterAll(() => rm(folder, { recursive: true }));

const problemsOf = (model: object): string[] => {
  const parsed = parseStudy(JSON.stringify({ model }), 's.epochlens.json');
  return parsed.ok ? [] : parsed.problems.map(({ summary }) => summary);
};

it.each([
  [{ weights: 'a.onnx' }, []],
  [{ weights: 'a.onnx', architecture: 'onnx' }, []],
  [{ architecture: 'onnx' }, ['the network of an ONNX file without the file']],
  [{ architecture: 'onnx', weights: 'imagenet' }, ['the network of an ONNX file without the file']],
  [{ architecture: 'onnx', weights: 'a.pth' }, ['the network of an ONNX file without the file']],
  [{ architecture: 'resnet20', weights: 'a.onnx' }, ['an ONNX file as weights of another network']],
  [{ architecture: 'resnet20', weights: 'a.pth' }, []],
])('%j', (model, problems) => {
  expect(problemsOf(model)).toEqual(problems);
});

it('has the input size of the file', async () => {
  const path = join(folder, 's.epochlens.json');
  await writeFile(path, JSON.stringify({ model: { weights: 'small.onnx' } }));
  const { study } = await readStudy(path);
  expect(study.model).toMatchObject({ architecture: 'onnx', weights: 'small.onnx', inputSize: 32 });
  const parsed = await parseStudyFile(JSON.stringify({ model: { weights: 'absent.onnx' } }), path);
  expect(parsed.ok).toBe(true);
});

it('says what keeps it from being trained', async () => {
  const remarks = async (model: object, layer = 'auto'): Promise<string[]> => {
    const text = JSON.stringify({ model, explain: { layer } });
    const [study] = await studiesIn(text, join(folder, 's.epochlens.json'));
    if (study === undefined) throw new Error('no study');
    const found = await checkTraining(study, folder);
    return found.filter(({ severity }) => severity === 'error').map(({ code, path }) => `${code} ${path.join('.')}`);
  };
  expect(await remarks({ weights: 'small.onnx' })).toEqual([]);
  expect(await remarks({ weights: 'small.onnx' }, 'layer4')).toEqual(['unknownLayer explain.layer']);
  expect(await remarks({ weights: 'small.onnx', inputSize: 64 })).toEqual(['networkUnusable model.inputSize']);
  expect(await remarks({ weights: 'broken.onnx' })).toEqual(['networkUnusable model.weights']);
  expect(await remarks({ weights: 'scaled.onnx' })).toEqual(['networkUnusable model.weights']);
  expect(await remarks({ weights: 'absent.onnx' })).toContain('weightsMissing model.weights');
});
