import { expect, test } from 'vitest';
import { comparedTexts } from '../../../../src/extension/about/settingsText';
import { makeRun, makeStudy } from '../../runs/fixture';

const run = async (text: string) => makeRun(await makeStudy(text));

test('runs of the same settings have nothing to compare', async () => {
  expect(await comparedTexts(await run('{}'), await run('{}'))).toBeUndefined();
});

test('only what differs is there, line by line, under the names of the study file', async () => {
  const a = await run('{"training":{"epochs":12,"seed":2},"perturbations":[{"kind":"gaussianNoise"}]}');
  const b = await run('{"training":{"epochs":14,"seed":2,"microBatchSize":8}}');
  const engine = { ...b.manifest.engine, name: 'tensorflow' };
  const [before = '', now = ''] = (await comparedTexts(a, { ...b, manifest: { ...b.manifest, engine } })) ?? [];
  const fields = (text: string) => text.split('\n').map((line) => line.split(' =')[0]);
  expect(fields(before)).toEqual(fields(now));
  expect(before).toContain('training.epochs = 12\n');
  expect(now).toContain('training.epochs = 14\n');
  expect(before).toContain('training.microBatchSize =\n');
  expect(now).toContain('training.microBatchSize = 8\n');
  expect(before).toContain('engine.name = "embedded"');
  expect(now).toContain('engine.name = "native"');
  expect(fields(before)).toContain('perturbations');
  expect(fields(before)).not.toContain('training.seed');
  expect(fields(before)).toEqual([...fields(before).slice(0, -1).sort(), '']);
});
