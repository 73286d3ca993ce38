/**
 * A run in other tools: TensorBoard's own reader, an MLflow server, pandas. Python is the one that EPOCHLENS_PYTHON names, else
 * python3; tests that need a package it does not have are skipped.
 */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { decode } from 'fast-png';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEventFile } from '../../src/outward/tensorboard/eventFile';
import type { Entry } from '../../src/outward/tensorboard/messages';
import { readMetrics, readSteps } from '../../src/runs';
import { startMlflow } from '../mlflowServer';
import { epochlens, succeed, temporaryFolder, TINY, writeStudy } from './cli';

const python = process.env['EPOCHLENS_PYTHON'] ?? 'python3';

function canImport(module: string): boolean {
  try {
    execFileSync(python, ['-c', `import ${module}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
const hasTensorboard = canImport('tensorboard');
const hasPandas = canImport('pandas');
const hasMlflow = canImport('mlflow');

type Point = readonly [step: number, value: number, wallTime: number];
interface Read {
  readonly scalars: Record<string, Point[]>;
  readonly images: Record<string, [step: number, height: number, width: number, png: string][]>;
  readonly text: string;
  readonly hparams: Record<string, number | string | boolean>;
}

const READER = `
import base64, json, sys
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.plugins.hparams.metadata import parse_session_start_info_plugin_data
a = EventAccumulator(sys.argv[1], size_guidance={'images': 0, 'scalars': 0, 'tensors': 0}).Reload()
tags = a.Tags()
print(json.dumps({
  'scalars': {t: [[e.step, e.value, e.wall_time] for e in a.Scalars(t)] for t in tags['scalars']},
  'images': {t: [[e.step, e.height, e.width, base64.b64encode(e.encoded_image_string).decode()] for e in a.Images(t)] for t in tags['images']},
  'text': a.Tensors('run')[0].tensor_proto.string_val[0].decode(),
  'hparams': {k: getattr(v, v.WhichOneof('kind')) for k, v in parse_session_start_info_plugin_data(
      a.SummaryMetadata('_hparams_/session_start_info').plugin_data.content).hparams.items()},
}))`;

async function read(folder: string): Promise<Read> {
  const { stdout } = await promisify(execFile)(python, ['-c', READER, folder]);
  return JSON.parse(stdout) as Read;
}

/** Reads a folder again for each line it is given, as TensorBoard does while it runs. */
const FOLLOWER = `
import json, sys
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
a = EventAccumulator(sys.argv[1], size_guidance={'scalars': 0})
for _ in sys.stdin:
  a.Reload()
  print(json.dumps([[e.step, e.value] for e in a.Scalars('a')]), flush=True)`;

const STUDY = {
  ...TINY,
  training: { ...TINY.training, epochs: 1 },
  perturbations: [{ kind: 'rotation', degrees: [-15, 15] }],
};

let mlflow: Awaited<ReturnType<typeof startMlflow>>;
let [folder, study, run, log] = ['', '', '', ''];

/** The one file of the one run, whose name says which. */
async function eventFile(logdir: string): Promise<string> {
  const names = await readdir(join(logdir, 'tiny, seed 3'));
  expect(names).toHaveLength(1);
  return join(logdir, 'tiny, seed 3', names[0] as string);
}

beforeAll(async () => {
  mlflow = await startMlflow();
  folder = await temporaryFolder();
  const logging = { tensorboard: true, mlflow: { uri: mlflow.address, experiment: 'of tests' } };
  study = await writeStudy(folder, { ...STUDY, logging });
  const { code, stderr } = await epochlens(['train', study, '--engine', 'embedded']);
  expect(code, stderr).toBe(0);
  log = stderr;
  const runs = join(folder, '.epochlens', 'runs', 'tiny');
  run = join(runs, (await readdir(runs))[0] as string);
});
afterAll(() => mlflow.close());

describe('TensorBoard', () => {
  const logdir = () => join(folder, '.epochlens', 'tensorboard', 'tiny');

  it('is written while a training runs, with the bytes that the command writes afterwards', async () => {
    expect(log).toContain(`tensorboard --logdir ${logdir()}`);
    const out = join(folder, 'out');
    await succeed(['tensorboard', run, '--out', out]);
    const grown = await readFile(await eventFile(logdir()));
    expect(grown.length).toBeGreaterThan(1000);
    expect(await readFile(await eventFile(out))).toEqual(grown);
    expect(await eventFile(out)).toMatch(/events\.out\.tfevents\.\d{10}\./);
    expect(await succeed(['tensorboard', study])).toContain('nothing new');
    expect(await readFile(await eventFile(logdir()))).toEqual(grown);
  });

  it('keeps the studies of a folder apart, as each of them alone', async () => {
    const place = await temporaryFolder();
    const short = { ...TINY, training: { ...TINY.training, epochs: 1 } };
    const names = ['a', 'b'];
    for (const name of names) await succeed(['train', await writeStudy(place, short, name), '--engine', 'embedded']);
    const written = await succeed(['tensorboard', place]);
    const own = join(place, '.epochlens', 'tensorboard');
    for (const name of names) {
      expect(written).toContain(`See them:  tensorboard --logdir ${join(own, name)}\n`);
      expect(await readdir(join(own, name))).toEqual([`${name}, seed 3`]);
    }
  });

  it.skipIf(!hasTensorboard)(
    `shows by its own reader what the run folder holds${hasTensorboard ? '' : ' (skipped: Python has no tensorboard)'}`,
    async () => {
      await succeed(['explain', study, '--engine', 'embedded']);
      await succeed(['perturb', study, '--engine', 'embedded', '--checkpoints', '0,1']);
      const written = await succeed(['tensorboard', study, '--json']);
      expect((JSON.parse(written) as { runs: { pictures: unknown }[] }).runs[0]?.pictures).toEqual({ count: 4, of: 4 });
      const { scalars, images, text, hparams } = await read(join(logdir(), 'tiny, seed 3'));
      const metrics = await readMetrics(run);
      const { steps } = await readSteps(run);
      const valuesAt = (tag: string) => scalars[tag]?.map(([step, value]) => [step, value]);
      expect(valuesAt('accuracy/test')).toEqual(
        metrics.map((each) => [each.epoch, Math.fround(each.testAccuracy ?? NaN)]),
      );
      expect(valuesAt('loss/train')).toEqual(metrics.map((each) => [each.epoch, Math.fround(each.trainLoss ?? NaN)]));
      expect(valuesAt('steps/train loss')).toEqual(steps.map((each) => [each.step, Math.fround(each.loss ?? NaN)]));
      expect(steps).toHaveLength(10);
      const robust = Object.keys(scalars).filter((tag) =>
        /^(perturbed accuracy|confidence drop|heatmap sim)/.test(tag),
      );
      expect(robust).toHaveLength(3);
      for (const tag of robust) expect(scalars[tag]?.map(([step]) => step)).toEqual([0, 1]);
      const [begin = 0, end = 0] = scalars['accuracy/test']?.map(([, , wallTime]) => wallTime) ?? [];
      expect(end - begin).toBeCloseTo(metrics[1]?.seconds ?? NaN, 1);
      expect(Object.keys(images).map((tag) => tag.split(' ')[0])).toEqual(['heatmaps/test:3', 'heatmaps/test:17']);
      for (const each of Object.values(images)) {
        expect(each.map(([step, height, width]) => [step, height, width])).toEqual(
          [0, 1].map((step) => [step, 128, 128]),
        );
        const pictures = each.map(([, , , png]) => decode(Buffer.from(png, 'base64')));
        expect(pictures.map(({ width, height, channels }) => [width, height, channels])).toEqual(
          Array(2).fill([128, 128, 3]),
        );
        expect(pictures[0]?.data).not.toEqual(pictures[1]?.data);
      }
      expect(text).toContain('| training.learningRate | 0.05 |');
      expect(hparams).toMatchObject({ 'training.learningRate': 0.05, 'training.seed': 3, 'dataset.kind': 'synthetic' });

      // As after a training that went on: what it did again took another time.
      const before = await readFile(join(run, 'steps.jsonl'), 'utf8');
      await writeFile(join(run, 'steps.jsonl'), before.replaceAll('"imagesPerSecond":', '"imagesPerSecond":1'));
      await succeed(['tensorboard', study]);
      await writeFile(join(run, 'steps.jsonl'), before);
      const again = await read(join(logdir(), 'tiny, seed 3'));
      expect(again.scalars['steps/images per second']).not.toEqual(scalars['steps/images per second']);
      for (const points of Object.values(again.scalars)) {
        const [places, times] = [points.map(([step]) => step), points.map(([, , time]) => time)];
        expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
        expect(times).toEqual([...times].sort((a, b) => a - b));
      }
      expect(again.images).toEqual(images);
      await succeed(['tensorboard', study]);
    },
  );

  it.skipIf(!hasTensorboard)('follows a file that grows, and forgets one that was replaced', async () => {
    const place = await temporaryFolder();
    const file = createEventFile({ folder: place, id: 'run', begin: 1000 });
    const entries = (...values: number[]): Entry[] =>
      values.map((value, step) => ({ tag: 'a', step, wallTime: 1000 + step, content: { kind: 'scalar', value } }));
    const child = spawn(python, ['-u', '-c', FOLLOWER, place], { stdio: ['pipe', 'pipe', 'ignore'] });
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    const reload = async (): Promise<unknown> => {
      child.stdin.write('\n');
      return JSON.parse(((await lines.next()).value as string | undefined) ?? 'null');
    };
    await file.bring(entries(1));
    expect(await reload()).toEqual([[0, 1]]);
    await file.bring(entries(1, 2, 3));
    expect(await reload()).toEqual([[0, 1], [1, 2], [2, 3]]); // prettier-ignore
    await file.bring(entries(1, 5));
    expect(await reload()).toEqual([[0, 1], [1, 5]]); // prettier-ignore
    await file.bring(entries(1, 5, 6));
    expect(await reload()).toEqual([[0, 1], [1, 5], [2, 6]]); // prettier-ignore
    expect(await readdir(place)).toHaveLength(2);
    child.stdin.end();
  });
});

describe('MLflow', () => {
  const sent = () => mlflow.runs[0]!;

  it('is told of a training while it runs, by requests as its documentation has them', () => {
    expect(mlflow.wrong).toEqual([]);
    expect(mlflow.experiments).toEqual(['of tests']);
    expect(mlflow.runs).toHaveLength(1);
    expect(sent().params).toMatchObject({ 'training.learningRate': '0.05', 'training.seed': '3' });
    expect(sent().tags).toMatchObject({ 'epochlens.seed': '3', 'epochlens.study': 'tiny' });
    expect(sent().tags['epochlens.studyHash']).toMatch(/^[0-9a-f]{64}$/);
    expect(sent().tags['epochlens.engine']).toContain('wasm');
    // At its first epoch and at its end: so short a training may be over before the first was sent.
    expect(sent().statuses.length).toBeGreaterThan(1);
    expect(sent().statuses.at(-1)).toBe('FINISHED');
  });

  it('has every number once, however often it is sent', async () => {
    const { stdout, stderr, code } = await epochlens(['mlflow', study]);
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/nothing new|numbers? and 0 settings sent/);
    expect(await succeed(['mlflow', run])).toContain('nothing new');
    expect(mlflow.runs).toHaveLength(1);
    const metrics = await readMetrics(run);
    const ofAccuracy = sent().metrics.filter(({ key }) => key === 'accuracy/test');
    expect(ofAccuracy.map(({ step, value }) => [step, value])).toEqual(
      metrics.map((each) => [each.epoch, each.testAccuracy]),
    );
    const places = sent().metrics.map(({ key, step }) => `${key} ${step}`);
    expect(new Set(places).size).toBe(places.length);
    expect(places).toContain('steps/train loss 10');
    expect(mlflow.wrong).toEqual([]);
  });

  it('gets of steps that were done again, at another speed, the speed alone', async () => {
    const file = join(run, 'steps.jsonl');
    const before = await readFile(file, 'utf8');
    const count = () => sent().metrics.filter(({ key }) => key === 'steps/train loss').length;
    await writeFile(file, before.replaceAll('"imagesPerSecond":', '"imagesPerSecond":1'));
    expect(await succeed(['mlflow', run])).toContain('10 numbers and 0 settings sent');
    expect(count()).toBe(10);
    await writeFile(file, before);
  });

  it('gets a token that is meant for it, and another server does not', async () => {
    const server = await startMlflow({ token: 'secret' });
    const env = { MLFLOW_TRACKING_TOKEN: 'secret' };
    await succeed(['mlflow', run, '--uri', server.address], { env });
    expect(server.runs).toHaveLength(1);
    await epochlens(['mlflow', run], { env });
    expect(mlflow.requests.map(({ authorization }) => authorization)).not.toContain('Bearer secret');
    const refused = await epochlens(['mlflow', run, '--uri', server.address]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('HTTP 401');
    expect(refused.stderr).toContain('Set MLFLOW_TRACKING_TOKEN');
    const wrong = await epochlens(['mlflow', run, '--uri', server.address], {
      env: { MLFLOW_TRACKING_TOKEN: 'other' },
    });
    expect(wrong.stderr).toContain('the MLflow server refuses experiments/get-by-name: found HTTP 401');
    expect(wrong.stderr).toContain('It does not take those that the environment has');
    await server.close();
  });

  it('is not followed to where it redirects', async () => {
    const other = await startMlflow();
    const server = await startMlflow({ redirect: `${other.address}/api/2.0/mlflow/experiments/get-by-name` });
    const { code, stderr } = await epochlens(['mlflow', run, '--uri', server.address]);
    expect(code).toBe(1);
    expect(stderr).toContain('Redirects are not followed');
    expect(other.requests).toEqual([]);
    await Promise.all([server.close(), other.close()]);
  });

  it('that does not answer stops no training, is told of once, and gets all by the command', async () => {
    const gone = await startMlflow();
    await gone.close();
    const place = await temporaryFolder();
    const file = await writeStudy(place, {
      ...STUDY,
      dataset: { ...TINY.dataset, trainCount: 20 },
      training: { ...TINY.training, epochs: 2 },
      logging: { mlflow: { uri: gone.address } },
    });
    const { code, stderr } = await epochlens(['train', file, '--engine', 'embedded']);
    expect(code, stderr).toBe(0);
    expect(stderr.split('MLflow is not told').length - 1).toBe(1);
    await succeed(['mlflow', file, '--uri', mlflow.address, '--experiment', 'later']);
    expect(mlflow.experiments).toContain('later');
    expect(mlflow.runs.at(-1)?.metrics.filter(({ key }) => key === 'loss/test')).toHaveLength(3);
    const failed = await epochlens(['mlflow', file]);
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain('the MLflow server does not answer');
  });

  it('that nobody names is an error before anything is trained', async () => {
    const place = await temporaryFolder();
    const file = await writeStudy(place, { ...STUDY, logging: { mlflow: {} } });
    const env = { MLFLOW_TRACKING_URI: '' };
    const { code, stderr } = await epochlens(['train', file, '--engine', 'embedded'], { env });
    expect(code).toBe(2);
    expect(stderr).toContain('no MLflow server is named');
    expect(await readdir(place)).toEqual(['tiny.epochlens.json']);
  });
});

/** What a run is to MLflow's own client. */
const CLIENT = `
import json, sys
from mlflow.tracking import MlflowClient
client = MlflowClient(sys.argv[1])
runs = client.search_runs([client.get_experiment_by_name('live').experiment_id])
print(json.dumps([{
  'name': run.info.run_name, 'status': run.info.status, 'params': run.data.params, 'tags': run.data.tags,
  'metrics': {key: [[each.step, each.value] for each in client.get_metric_history(run.info.run_id, key)]
              for key in run.data.metrics},
} for run in runs]))`;

interface RunOfClient {
  readonly name: string;
  readonly status: string;
  readonly params: Record<string, string>;
  readonly tags: Record<string, string>;
  readonly metrics: Record<string, [step: number, value: number][]>;
}

it.skipIf(!hasMlflow)(
  `MLflow’s own server is told of a training, and its client reads every number once${hasMlflow ? '' : ' (skipped: Python has no mlflow)'}`,
  { timeout: 300_000 },
  async () => {
    const place = await temporaryFolder();
    const port = 20_000 + (process.pid % 10_000);
    const address = `http://127.0.0.1:${port}`;
    const store = `sqlite:///${join(place, 'mlflow.db')}`;
    const args = ['-m', 'mlflow', 'server', '--backend-store-uri', store, '--workers', '1', '--port', String(port)];
    const env = { ...process.env, MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false' };
    const server = spawn(python, args, { cwd: place, stdio: 'ignore', detached: true, env });
    const isUp = () =>
      fetch(`${address}/health`).then(
        ({ ok }) => ok,
        () => false,
      );
    try {
      await expect.poll(isUp, { timeout: 200_000 }).toBe(true);
      const logging = { mlflow: { uri: address, experiment: 'live' } };
      const file = await writeStudy(place, { ...STUDY, logging });
      const trained = await epochlens(['train', file, '--engine', 'embedded']);
      expect(trained.code, trained.stderr).toBe(0);
      expect(trained.stderr).not.toContain('MLflow is not told');
      expect(await succeed(['mlflow', file])).toContain('nothing new');
      await succeed(['perturb', file, '--engine', 'embedded', '--checkpoints', '0,1']);
      expect(await succeed(['mlflow', file])).toContain('numbers and 0 settings sent');
      expect(await succeed(['mlflow', file])).toContain('nothing new');

      const runs = join(place, '.epochlens', 'runs', 'tiny');
      const folderOfRun = join(runs, (await readdir(runs))[0] as string);
      const metrics = await readMetrics(folderOfRun);
      const { steps } = await readSteps(folderOfRun);
      const { stdout } = await promisify(execFile)(python, ['-c', CLIENT, address]);
      const [there, ...others] = JSON.parse(stdout) as RunOfClient[];
      expect(others).toEqual([]);
      expect(there).toMatchObject({
        name: 'tiny, seed 3',
        status: 'FINISHED',
        params: { 'training.learningRate': '0.05', 'training.seed': '3' },
        tags: { 'epochlens.seed': '3', 'epochlens.study': 'tiny' },
        metrics: {
          'accuracy/test': metrics.map(({ epoch, testAccuracy }) => [epoch, testAccuracy]),
          'steps/train loss': steps.map(({ step, loss }) => [step, loss]),
        },
      });
      expect(there?.metrics['perturbed accuracy/rotation -15 to 15']?.map(([step]) => step)).toEqual([0, 1]);
      for (const points of Object.values(there?.metrics ?? {}))
        expect(new Set(points.map(([step]) => step)).size).toBe(points.length);
    } finally {
      // With the workers that it has started.
      if (server.pid !== undefined) process.kill(-server.pid);
    }
  },
);

it.skipIf(!hasPandas)(
  `pandas reads a run by the lines of the documentation${hasPandas ? '' : ' (skipped: Python has no pandas)'}`,
  async () => {
    await succeed(['perturb', study, '--engine', 'embedded', '--checkpoints', '0,1']);
    const page = await readFile(join(import.meta.dirname, '../../media/docs/other-tools.md'), 'utf8');
    const snippet = /^```python\n([^]*?)^```$/m.exec(page)?.[1] ?? '';
    const print = `
print(json.dumps({
  'epochs': epochs['testAccuracy'].to_dict(), 'steps': steps[['epoch', 'step', 'loss']].values.tolist(),
  'robustness': robustness.sort_values('epoch')[['epoch', 'accuracy.count', 'perturbation.kind']].values.tolist(),
  'none': len(results('attacks')),
}))`;
    const { stdout } = await promisify(execFile)(python, ['-c', snippet + print, run]);
    const metrics = await readMetrics(run);
    const { steps } = await readSteps(run);
    const found = JSON.parse(stdout) as { robustness: [number, number, string][] };
    expect(found).toMatchObject({
      epochs: Object.fromEntries(metrics.map(({ epoch, testAccuracy }) => [epoch, testAccuracy])),
      steps: steps.map(({ epoch, step, loss }) => [epoch, step, loss]),
      none: 0,
    });
    expect(found.robustness.map(([epoch, , kind]) => [epoch, kind])).toEqual([
      [0, 'rotation'],
      [1, 'rotation'],
    ]);
  },
);
