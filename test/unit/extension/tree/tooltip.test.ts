import { expect, test } from 'vitest';
import { runFacts } from '../../../../src/extension/tree/tooltip';
import { makeRun, makeStudy } from '../../runs/fixture';
import { epoch, trainingRun } from '../runs/summaries';

test('a run’s architecture, rate, seed, engine, duration, data, epochs, checkpoints and accuracy', async () => {
  const training = '{"epochs":3,"learningRate":0.1,"schedule":"cosine","warmupEpochs":2,"seed":7}';
  const opened = await makeRun(await makeStudy(`{"training":${training}}`));
  const run = trainingRun({ state: 'finished', epochs: [epoch(0, 10), epoch(1, 43), epoch(2, 41.5)] });
  const facts = Object.fromEntries(runFacts(run, opened));
  expect(facts).toMatchObject({
    Accuracy: '41.5 % at epoch 2, at best 43.0 % at epoch 1',
    Architecture: expect.stringMatching(/^\w+ at \d+ × \d+$/) as string,
    'Learning rate': '0.1, cosine, warm-up over 2 epochs',
    Seed: '7',
    Epochs: '2 of 3',
    Duration: '3 s',
    Engine: 'embedded, CPU',
    'Data set': '2 images',
    Checkpoints: '0–2',
  });
});

test('a run that cannot be read has what is known', () => {
  const run = trainingRun({ state: 'damaged', status: undefined, epochs: [], checkpoints: [] });
  const facts = Object.fromEntries(runFacts(run, undefined));
  expect(facts).toMatchObject({ Accuracy: 'cannot be read', Checkpoints: 'none' });
});
