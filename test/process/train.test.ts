/** A whole training by the command line, on every engine that is here. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { effectiveState, openRun, readMetrics, readStatus } from '../../src/runs';
import { parseSafetensors } from '../../src/weights/safetensors';
import { expectSameMetrics } from './metrics';
import { engines, seededMetrics, succeed, temporaryFolder, tree, writeStudy } from './cli';

interface Event {
  readonly event: string;
  readonly epoch?: number;
}

describe.each(engines)('train on %s', (engine) => {
  let folder: string;
  let events: Event[];
  const run = (name: string): string => join(folder, name);

  beforeAll(async () => {
    folder = await temporaryFolder();
    const study = await writeStudy(folder);
    const stdout = await succeed(['train', study, '--engine', engine, '--run', run('first'), '--json']);
    events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Event);
    await succeed(['train', study, '--engine', engine, '--run', run('second')]);
  });

  it('tells what it does, an event a line', () => {
    const kinds = events.map(({ event }) => event).filter((event) => event !== 'evaluating' && event !== 'progress');
    expect(kinds).toEqual(['started', 'epoch', 'epoch', 'epoch', 'finished']);
    expect(events.filter(({ event }) => event === 'progress')).toHaveLength(20);
    expect(events.at(-1)).toEqual({ event: 'finished', run: run('first'), epoch: 2 });
  });

  it('leaves a whole run folder, and nothing half-written or locked', async () => {
    expect(await tree(run('first'))).toEqual([
      'checkpoints',
      'checkpoints/epoch-000.safetensors',
      'checkpoints/epoch-001.safetensors',
      'checkpoints/epoch-002.safetensors',
      'metrics.jsonl',
      'results',
      'resume',
      'resume/velocity-001.safetensors',
      'resume/velocity-002.safetensors',
      'run.json',
      'status.json',
      'steps.jsonl',
      'sums.jsonl',
    ]);
  });

  it('writes the manifest', async () => {
    const { manifest, study } = await openRun(run('first'));
    expect(manifest).toMatchObject({ seed: 3, engine: { name: engine }, studyFile: '../tiny.epochlens.json' });
    expect(manifest.dataset.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(manifest.versions).toHaveProperty('epochlens');
    expect(study.training).toMatchObject({ epochs: 2, batchSize: 10, momentum: 0.9, schedule: 'constant' });
  });

  it('writes the last status', async () => {
    const status = await readStatus(run('first'));
    expect(status).toMatchObject({ state: 'finished', epoch: 2, epochs: 2, stepsPerEpoch: 10, secondsLeft: null });
    expect(status && effectiveState(status)).toBe('finished');
  });

  it('measures every epoch from 0 on', async () => {
    const metrics = await readMetrics(run('first'));
    expect(metrics.map(({ epoch, learningRate }) => [epoch, learningRate])).toEqual([
      [0, 0],
      [1, 0.05],
      [2, 0.05],
    ]);
    for (const { trainLoss, testLoss, trainAccuracy, testAccuracy, seconds, imagesPerSecond } of metrics) {
      for (const value of [trainLoss, testLoss, seconds, imagesPerSecond]) expect(value).toBeGreaterThan(0);
      for (const value of [trainAccuracy, testAccuracy]) expect(value).toBeLessThanOrEqual(100);
    }
    // Untrained, and PyTorch's initialisation: about as good as chance.
    expect(metrics[0]?.trainLoss).toBeCloseTo(Math.log(10), 0);
  });

  it('keeps checkpoints that count their batches', async () => {
    for (const epoch of [0, 1, 2]) {
      const path = join(run('first'), 'checkpoints', `epoch-00${epoch}.safetensors`);
      const { tensors, metadata } = parseSafetensors(await readFile(path), path);
      expect(metadata).toMatchObject({ epoch: String(epoch), architecture: 'resnet20', inputSize: '32' });
      expect(tensors.get('bn1.num_batches_tracked')).toMatchObject({ shape: [], data: Float32Array.of(10 * epoch) });
    }
  });

  it('does the same again from the same seed', async () => {
    expectSameMetrics(await seededMetrics(run('second')), await seededMetrics(run('first')), engine);
    if (engine !== 'wasm') return;
    const name = join('checkpoints', 'epoch-002.safetensors');
    expect((await readFile(join(run('second'), name))).equals(await readFile(join(run('first'), name)))).toBe(true);
  });
});
