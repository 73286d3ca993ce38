/** The engine process, asked as the extension asks it: the real program over a real channel. It must be built. */
import { execFile, fork, type ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connectEngine, type EngineClient, type EngineState } from '../../src/extension/engine/engineClient';
import type { EngineLog } from '../../src/extension/engine/engineProcess';
import { decodeImageFile } from '../../src/imageFiles';
import { resizePixels, DEFAULT_RESIZE } from '../../src/imaging';
import type { Params, Progress, Result } from '../../src/protocol/contract';
import type {
  EngineContract,
  ExplainMaps,
  ExplainProgress,
  ExplainStart,
  ImageReference,
} from '../../src/protocol/engine';
import type { RequestError } from '../../src/protocol/peer';
import { replaceCheckpoint } from '../checkpointFiles';
import { checkpointPath, runPaths } from '../../src/runs';

const dist = resolve(import.meta.dirname, '../../dist');
const fixtures = resolve(import.meta.dirname, '../fixtures/images');

const STUDY = {
  dataset: { kind: 'synthetic', trainCount: 100, testCount: 60, seed: 3 },
  model: { architecture: 'resnet20' },
  training: { epochs: 1, batchSize: 50 },
  explain: { images: { test: [2, 5], train: [7] } },
};

let folder: string;
let studyFile: string;
let run: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'epochlens-service-'));
  studyFile = join(folder, 'tiny.epochlens.json');
  run = join(folder, 'run');
  await writeFile(studyFile, JSON.stringify(STUDY));
  await promisify(execFile)(process.execPath, [join(dist, 'cli.js'), 'train', studyFile, '--run', run]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let client: EngineClient;
let lines: string[];
const log: EngineLog = { info: note, warn: note, error: note };
function note(text: string): void {
  lines.push(text);
}

function newClient(choice = 'auto'): EngineClient {
  lines = [];
  return connectEngine({ program: join(dist, 'engine.js'), choice: () => choice, log });
}

afterEach(async () => {
  client.dispose();
  await rm(runPaths(run).results, { recursive: true, force: true });
});

const setImages = (count: number): ImageReference[] =>
  Array.from({ length: count }, (_, index) => ({ kind: 'set', set: 'test', index }));

interface Explained {
  readonly result: Result<EngineContract, 'explain'>;
  readonly start: ExplainStart;
  readonly maps: ExplainMaps[];
}

async function explain(
  asked: Partial<Params<EngineContract, 'explain'>> & Pick<Params<EngineContract, 'explain'>, 'images'>,
): Promise<Explained> {
  const said: ExplainProgress[] = [];
  const result = await client.request(
    'explain',
    { run, epochs: [0, 1], layer: 'auto', ...asked },
    { progress: (value) => value.kind !== 'waiting' && said.push(value) },
  );
  const start = said.find((value) => value.kind === 'start');
  if (start === undefined || said[0] !== start) throw new Error('no start, or not first');
  const maps = said.filter((value) => value.kind === 'maps');
  return { result, start, maps };
}

/** All that was said of one epoch, by the images' positions. */
function byPosition(maps: readonly ExplainMaps[], epoch: number): Map<number, { logits: number[]; maps: number[] }> {
  const found = new Map<number, { logits: number[]; maps: number[] }>();
  for (const part of maps.filter((each) => each.epoch === epoch)) {
    const each = part.maps.length / part.images.length;
    part.images.forEach((position, row) => {
      found.set(position, {
        logits: [...part.logits.subarray(row * 10, (row + 1) * 10)],
        maps: [...part.maps.subarray(row * each, (row + 1) * each)],
      });
    });
  }
  return found;
}

describe('the process', () => {
  it('is started ahead when it is told to, without an engine in it, and once', async () => {
    client = newClient();
    client.prepare();
    client.prepare();
    expect(client.state).toEqual({ kind: 'running', engine: undefined });
    await client.request('studyImages', { source: { kind: 'run', folder: run } });
    expect(client.state).toEqual({ kind: 'running', engine: undefined });
    expect(lines.filter((line) => line.endsWith('started'))).toHaveLength(1);
  });
});

describe('data', () => {
  it('tells of the data set, gives pixels, and names the study’s images, without an engine', async () => {
    client = newClient();
    const source = { kind: 'run', folder: run } as const;
    const data = await client.request('dataset', { source });
    expect(data.classNames).toHaveLength(10);
    expect(data.sets.train).toMatchObject({ count: 100, height: 32, width: 32 });
    expect(data.sets.test.labels).toHaveLength(60);
    const { pixels } = await client.request('pixels', { source, set: 'test', indices: [59, 2] });
    const again = await client.request('pixels', {
      source: { kind: 'study', file: studyFile },
      set: 'test',
      indices: [2],
    });
    expect(pixels.subarray(3072)).toEqual(again.pixels);
    expect(await client.request('studyImages', { source })).toEqual([
      { kind: 'set', set: 'test', index: 2 },
      { kind: 'set', set: 'test', index: 5 },
      { kind: 'set', set: 'train', index: 7 },
    ]);
    expect(client.state).toEqual({ kind: 'running', engine: undefined });
  });

  it('reads a batch file', async () => {
    client = newClient();
    const file = join(folder, 'data_batch_1.bin');
    const records = Uint8Array.from({ length: 50 * 3073 }, (_, i) => (i % 3073 === 0 ? (i / 3073) % 10 : i % 251));
    await writeFile(file, records);
    const source = { kind: 'batch', file } as const;
    const { sets } = await client.request('dataset', { source });
    expect([sets.test.count, sets.train.count, sets.train.labels[13]]).toEqual([0, 50, 3]);
    const { pixels } = await client.request('pixels', { source, set: 'train', indices: [49, 4, 0] });
    const at = (record: number, byte: number) => records[record * 3073 + 1 + byte];
    expect([...pixels.subarray(3072, 3075)]).toEqual([at(4, 0), at(4, 1024), at(4, 2048)]);
    expect([...pixels.subarray(0, 3)]).toEqual([at(49, 0), at(49, 1024), at(49, 2048)]);
    const refused = client.request('pixels', { source, set: 'train', indices: [50] });
    await expect(refused).rejects.toMatchObject({ failure: { reason: 'refused' } });
    await expect(refused).rejects.toThrow(/train:50.*an index from 0 to 49/);
  });
});

describe('explain', () => {
  it('computes once, and then shows what is kept, without an engine', async () => {
    client = newClient();
    const images = setImages(50);
    const first = await explain({ images });
    expect(first.result).toMatchObject({ kept: 0, computed: 100 });
    expect(first.start.layer).toEqual({ name: 'layer3.2', height: 8, width: 8 });
    expect(first.maps.at(-1)).toMatchObject({ done: 100, of: 100 });
    expect(client.state.kind === 'running' && client.state.engine?.name).toMatch(/tensorflow|wasm/);
    client.restart();
    const second = await explain({ images });
    expect(second.result).toMatchObject({ kept: 100, computed: 0 });
    expect(client.state).toEqual({ kind: 'running', engine: undefined });
    for (const epoch of [0, 1]) expect(byPosition(second.maps, epoch)).toEqual(byPosition(first.maps, epoch));
    expect(second.start.images).toEqual(first.start.images);
    expect((await readdir(runPaths(run).results)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('shows what the command line kept, and the other way round, to the bit and without an engine', async () => {
    client = newClient();
    const words = ['explain', run, '--images', 'test:0,1,2', '--checkpoints', '0,1', '--class', '4', '--json'];
    const typed = async () => {
      const { stdout, stderr } = await promisify(execFile)(process.execPath, [join(dist, 'cli.js'), ...words]);
      const explanations = JSON.parse(stdout) as { logits: number[]; heatmap: { values: number[] } }[];
      return { explanations, hasStarted: stderr.includes('Engine:') };
    };
    const shown = async () => {
      const { maps, result } = await explain({ images: setImages(3) });
      const cells = [0, 1].flatMap((epoch) => [...byPosition(maps, epoch)].sort(([a], [b]) => a - b));
      const explanations = cells.map(([, { logits, maps: all }]) => ({ logits, values: all.slice(4 * 64, 5 * 64) }));
      return { explanations, result };
    };
    const first = await shown();
    const second = await typed();
    expect([first.result.computed, second.hasStarted]).toEqual([6, false]);
    expect(second.explanations.map(({ logits, heatmap: { values } }) => ({ logits, values }))).toEqual(
      first.explanations,
    );
    await rm(runPaths(run).results, { recursive: true });
    const third = await typed();
    expect(third.hasStarted).toBe(true);
    client.restart();
    const fourth = await shown();
    expect(fourth.result).toMatchObject({ kept: 6, computed: 0 });
    expect(client.state).toEqual({ kind: 'running', engine: undefined });
    expect(third.explanations.map(({ logits, heatmap: { values } }) => ({ logits, values }))).toEqual(
      fourth.explanations,
    );
  });

  it('computes anew for a checkpoint that changed, a damaged file, another layer and other images only', async () => {
    client = newClient();
    const images = setImages(4);
    await explain({ images });
    expect((await explain({ images: setImages(6) })).result).toMatchObject({ kept: 8, computed: 4 });
    const other = await explain({ images: setImages(2), layer: 'layer2' });
    expect(other.result).toMatchObject({ kept: 0, computed: 4 });
    expect(other.start.layer).toEqual({ name: 'layer2.2', height: 16, width: 16 });
    const [kept = ''] = (await readdir(runPaths(run).results)).filter((name) => name.startsWith('heatmaps-'));
    await writeFile(join(runPaths(run).results, kept), 'torn');
    const layers = ['auto', 'layer2'];
    const computed = [];
    for (const layer of layers)
      computed.push((await explain({ images: setImages(layer === 'auto' ? 6 : 2), layer })).result.computed);
    expect(computed.sort()).toEqual([0, 1]);

    const original = await readFile(checkpointPath(run, 1));
    try {
      await replaceCheckpoint(run, 1, await readFile(checkpointPath(run, 0)));
      // The same weights as epoch 0, whose maps are there.
      const copied = await explain({ images });
      expect(copied.result).toMatchObject({ kept: 8, computed: 0 });
      expect(byPosition(copied.maps, 1)).toEqual(byPosition(copied.maps, 0));
      const bytes = Buffer.from(original);
      // The last weight of the last tensor.
      bytes.writeFloatLE(0.125, bytes.length - 4);
      await replaceCheckpoint(run, 1, bytes);
      expect((await explain({ images })).result).toMatchObject({ kept: 4, computed: 4 });
    } finally {
      await writeFile(checkpointPath(run, 1), original);
    }
  });

  it('looks at image files, and says of one that cannot be read what is wrong while the others go on', async () => {
    client = newClient();
    const paths = [join(fixtures, 'baseline.jpg'), join(fixtures, 'none.png'), join(fixtures, 'lossy.webp')];
    const images = [...paths.map((path) => ({ kind: 'file', path }) as const), ...setImages(1)];
    const { start, maps, result } = await explain({ images, epochs: [1] });
    expect(start.images.map(({ usable }) => usable)).toEqual([true, false, true, true]);
    expect(start.images[1]).toMatchObject({ problem: expect.stringMatching(/no such image file/) as string });
    expect(result).toMatchObject({ computed: 3 });
    expect([...byPosition(maps, 1).keys()].sort()).toEqual([0, 2, 3]);
    const decoded = await decodeImageFile(paths[0] ?? '');
    const { height, width } = decoded;
    const box = { left: 0, top: 0, width: 1, height: 1 };
    expect(start.images[0]).toMatchObject({
      label: null,
      picture: resizePixels(decoded, 32, 32),
      original: { picture: decoded, size: { height, width }, resize: DEFAULT_RESIZE, box },
    });
    expect((await explain({ images, epochs: [1] })).result).toMatchObject({ kept: 3, computed: 0 });
  });

  it('refuses what is not there, with advice', async () => {
    client = newClient();
    const images = setImages(1);
    const failure = async (asked: Promise<unknown>) => (await asked.catch((error: unknown) => error)) as RequestError;
    const noEpoch = await failure(explain({ images, epochs: [0, 9] }));
    expect(noEpoch.failure.reason).toBe('refused');
    expect(noEpoch.message).toMatch(/no checkpoint of epoch 9.*found checkpoints of epochs 0 and 1/);
    expect((await failure(explain({ images, layer: 'layer9' }))).message).toMatch(/no such layer.*layer3\.2/);
    const noClass = await failure(explain({ images, target: 99 }));
    expect([noClass.failure.reason, noClass.message]).toEqual([
      'refused',
      expect.stringMatching(/no such class.*found 99, expected a class from 0 to 9: /),
    ]);
    expect((await failure(explain({ images, run: folder }))).message).toMatch(/not a run folder.*Name a folder/);
    expect((await explain({ images: [{ kind: 'set', set: 'test', index: 60 }] })).start.images[0]).toMatchObject({
      problem: expect.stringMatching(/test:60.*an index from 0 to 59/) as string,
    });
  });

  it('computes nothing where that is not wanted, and shows what is kept', async () => {
    client = newClient();
    await explain({ images: setImages(1) });
    client.dispose();
    client = newClient('none');
    expect((await explain({ images: setImages(1) })).result).toMatchObject({ kept: 2, computed: 0 });
    await expect(explain({ images: setImages(2) })).rejects.toMatchObject({
      failure: { reason: 'refused', message: expect.stringMatching(/not trusted/) as string },
    });
  });

  it('says without computing what is kept of agreement, localisation and sanity, and how much is not', async () => {
    client = newClient();
    const of = { run, layer: 'auto' };
    const methods = [{ id: 'gradcam' }, { id: 'layercam' }];
    const agreement = (epochs: number[], compute: boolean) =>
      client.request('agreement', { ...of, epochs, compute, methods, images: setImages(3), target: 'predicted' });
    const localisation = (epochs: number[], compute: boolean) =>
      client.request('localisation', { ...of, epochs, compute, methods, images: 3, mosaics: 2 });
    const sanity = (epochs: number[], compute: boolean) =>
      client.request('sanity', {
        ...of,
        epochs,
        compute,
        images: setImages(3),
        checks: ['classSensitivity'],
        methods: [{ method: 'gradcam' }],
      });
    // Heatmaps of two methods at two checkpoints, of one method and two classes.
    expect(await agreement([0, 1], false)).toMatchObject({ missing: 12, epochs: [] });
    expect(await localisation([0, 1], false)).toMatchObject({ missing: 20, points: [[], []] });
    expect(await sanity([0, 1], false)).toMatchObject({ missing: 12, methods: [{ classSensitivity: [] }] });
    for (const request of [agreement, localisation, sanity]) expect((await request([1], true)).missing).toBe(0);
    expect(await agreement([0, 1], false)).toMatchObject({ missing: 6, epochs: [{ epoch: 1 }] });
    expect(await localisation([0, 1], false)).toMatchObject({ missing: 10, points: [[{ epoch: 1 }], [{ epoch: 1 }]] });
    expect(await sanity([0, 1], false)).toMatchObject({ missing: 6, methods: [{ classSensitivity: [{ epoch: 1 }] }] });
  });

  it('can be cancelled, and goes on from what was kept', async () => {
    client = newClient();
    const controller = new AbortController();
    const images = setImages(24);
    const params = { run, epochs: [0, 1], images, layer: 'layer1' };
    let cancelled = 0;
    const asked = client.request('explain', params, {
      signal: controller.signal,
      progress: ({ kind }) => {
        if (kind !== 'maps' || controller.signal.aborted) return;
        cancelled = performance.now();
        controller.abort();
      },
    });
    await expect(asked).rejects.toMatchObject({ failure: { reason: 'cancelled' } });
    // The engine is free soon after, which the next answer shows.
    const { result } = await explain({ images: setImages(1), epochs: [0] });
    expect(result.computed).toBe(1);
    expect(performance.now() - cancelled).toBeLessThan(5000);
    const rest = await explain({ images, layer: 'layer1' });
    expect(rest.result.kept).toBeGreaterThan(0);
    expect(rest.result.kept + rest.result.computed).toBe(48);
    expect(rest.result.computed).toBeGreaterThan(0);
  });

  it('lets two requests on side by side, and computes what both ask for once', async () => {
    client = newClient();
    const [a, b, predictions] = await Promise.all([
      explain({ images: setImages(30) }),
      explain({ images: setImages(40) }),
      client.request('predictions', { run, epoch: 1, set: 'train' }),
    ]);
    expect(a.result.computed + b.result.computed).toBe(80);
    expect(predictions.predictions).toHaveLength(100);
    const [one, two] = [byPosition(a.maps, 1), byPosition(b.maps, 1)];
    for (const [position, maps] of one) expect(two.get(position)).toEqual(maps);
  });
});

it('says which job it does first, and when the turn of the one that waits has come', async () => {
  client = newClient('embedded');
  let predicting: Promise<unknown> = Promise.resolve();
  const said: Progress<EngineContract, 'predictions'>[] = [];
  const predict = (): void => {
    const params = { run, epoch: 1, set: 'train' } as const;
    predicting = client.request('predictions', params, { progress: (value) => said.push(value) });
  };
  // The heatmaps have their turn when the first of them is there; there are enough for a wait that is worth saying.
  let heatmaps = 0;
  const images = (['test', 'train'] as const).flatMap((set) =>
    Array.from({ length: set === 'test' ? 60 : 100 }, (_, index): ImageReference => ({ kind: 'set', set, index })),
  );
  await client.request(
    'explain',
    { run, epochs: [0, 1], layer: 'auto', images },
    { progress: (value) => value.kind === 'maps' && heatmaps++ === 0 && predict() },
  );
  await predicting;
  expect(said.filter((value) => 'kind' in value)).toEqual([
    { kind: 'waiting', behind: 'heatmaps' },
    { kind: 'waiting', behind: null },
  ]);
  expect(said.at(-1)).toEqual({ done: 100, of: 100 });
});

it('predicts a set, keeps that, and agrees with the heatmaps and the metrics', async () => {
  client = newClient();
  const params = { run, epoch: 1, set: 'test' } as const;
  const progress: number[] = [];
  const first = await client.request('predictions', params, {
    progress: (value) => 'done' in value && progress.push(value.done),
  });
  expect(first).toMatchObject({ kept: false });
  expect(progress.at(-1)).toBe(60);
  client.restart();
  const second = await client.request('predictions', params);
  expect(second).toEqual({ ...first, kept: true });
  expect(client.state).toEqual({ kind: 'running', engine: undefined });
  const { maps, start } = await explain({ images: setImages(10), epochs: [1] });
  for (const [position, { logits }] of byPosition(maps, 1)) {
    expect(logits.indexOf(Math.max(...logits))).toBe(first.predictions[position]);
    expect(start.images[position]).toMatchObject({ label: first.labels[position] });
  }
  const { stdout } = await promisify(execFile)('tail', ['-n', '1', runPaths(run).metrics]);
  expect((JSON.parse(stdout) as { testAccuracy: number }).testAccuracy).toBeCloseTo((100 * first.correct) / 60, 4);
});

describe('a process that ends', () => {
  it('fails what is open as gone, says so, and is started anew', async () => {
    client = newClient();
    const states: EngineState['kind'][] = [];
    client.onDidChangeState(({ kind }) => states.push(kind));
    const asked = client.request(
      'explain',
      { run, epochs: [0, 1], images: setImages(60), layer: 'layer1' },
      { progress: () => process.kill(processId(), 'SIGKILL') },
    );
    await expect(asked).rejects.toMatchObject({ failure: { reason: 'gone' } });
    await expect(asked).rejects.toThrow(/SIGKILL.*next request starts it again/);
    expect(client.state).toMatchObject({ kind: 'died', message: expect.stringMatching(/SIGKILL/) as string });
    expect(lines.join('\n')).toMatch(/engine process ended \(signal SIGKILL\)/);
    expect((await explain({ images: setImages(1) })).result.computed).toBe(2);
    expect(states).toEqual(['running', 'died', 'running', 'running']);
  });

  it('fails a program that is not there as gone', async () => {
    lines = [];
    client = connectEngine({ program: join(folder, 'none.js'), choice: () => 'auto', log });
    await expect(client.request('engine', {})).rejects.toMatchObject({ failure: { reason: 'gone' } });
    expect(lines.join('\n')).toMatch(/Cannot find module/);
  });

  it('does not outlive its parent', async () => {
    client = newClient();
    const script = `
      const child = require('node:child_process').fork(${JSON.stringify(join(dist, 'engine.js'))}, { serialization: 'advanced' });
      child.on('message', () => { console.log(child.pid); });
      child.send({ kind: 'request', id: 1, name: 'engine', params: {} });`;
    const parent = execFile(process.execPath, ['-e', script]);
    const pid = await new Promise<number>((done) => {
      parent.stdout?.on('data', (text: string) => {
        done(Number(text));
      });
    });
    parent.kill('SIGKILL');
    await expect.poll(() => isAlive(pid), { timeout: 60_000 }).toBe(false);
  });
});

describe('messages that are not understood', () => {
  let child: ChildProcess;
  afterEach(() => child.kill());

  it('are refused, and the process goes on', async () => {
    client = newClient();
    child = fork(join(dist, 'engine.js'), { serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    const answers = new Map<unknown, unknown>();
    child.on('message', (message: { id?: number }) => answers.set(message.id, message));
    const refused = { kind: 'failure', failure: { reason: 'refused' } };
    const send = (message: unknown) => child.send(message as object);
    send('hello');
    send({ kind: 'request', id: 'one', name: 'engine', params: {} });
    send({ kind: 'request', id: 1, name: 'constructor', params: {} });
    send({ kind: 'request', id: 2, name: 'explain', params: { run, epochs: [-1], images: [], layer: 'auto' } });
    send({
      kind: 'request',
      id: 3,
      name: 'pixels',
      params: { source: { kind: 'web', url: 'x' }, set: 'test', indices: [] },
    });
    send({ kind: 'cancel', id: 99 });
    send({ kind: 'event', name: 'started', value: {} });
    send({ kind: 'event', name: 'constructor', value: {} });
    send({ kind: 'request', id: 4, name: 'studyImages', params: { source: { kind: 'run', folder: run } } });
    await expect.poll(() => answers.get(4), { timeout: 60_000 }).toMatchObject({ kind: 'result' });
    for (const id of [1, 2, 3]) expect(answers.get(id)).toMatchObject(refused);
    expect([...answers.keys()].sort()).toEqual([1, 2, 3, 4]);
  });
});

/** Of the client's engine process, from its log. */
function processId(): number {
  const started = lines.map((line) => /^Engine process (\d+) started/.exec(line)?.[1]);
  return Number(started.findLast((id) => id !== undefined));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
