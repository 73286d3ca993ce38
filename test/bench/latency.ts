/**
 * `npm run bench -- --sections latency`: how long a person waits for the first heatmap of a small model, from the request on and
 * through the engine process, asked over its protocol as the editor asks it.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EngineName } from '../../src/engine/engine';
import { createModel } from '../../src/models/model';
import { initialWeights } from '../../src/models/weights';
import { serialiseCheckpoint } from '../../src/weights/checkpoint';
import { connectEngine, type EngineClient } from '../../src/extension/engine/engineClient';
import type { Progress } from '../../src/protocol/contract';
import type { EngineContract, ImageReference } from '../../src/protocol/engine';
import { createRun, runPaths, writeEpoch } from '../../src/runs';
import { readStudy } from '../../src/study';
import { markdown } from './markdown';
import { median } from './statistics';

/** As of the example study: the untrained model and eight epochs, eight images. */
const EPOCHS = 8;
const IMAGES = 8;
const STUDY = {
  name: 'latency',
  dataset: { kind: 'synthetic', trainCount: 2000, testCount: 500 },
  model: { architecture: 'resnet20' },
  training: { epochs: EPOCHS },
};

/** Milliseconds since the request. */
export interface Waited {
  /** Until the images can be looked at. */
  readonly pictures: number;
  readonly firstHeatmap: number;
  readonly all: number;
}

export interface Latency {
  readonly engine: EngineName;
  /** No process is there: it starts with the request. */
  readonly cold: Waited;
  /** The engine has started, and has seen neither the run nor an image. */
  readonly warm: Waited;
}

/** Medians over rounds. */
export async function measureLatency(engines: readonly EngineName[], rounds: number): Promise<Latency[]> {
  const folder = await mkdtemp(join(tmpdir(), 'epochlens-bench-'));
  try {
    const run = await makeRun(folder);
    const latencies: Latency[] = [];
    for (const engine of engines) {
      const cold: Waited[] = [];
      const warm: Waited[] = [];
      for (let round = 0; round < rounds; round++) {
        cold.push(await wait(engine, run, false));
        warm.push(await wait(engine, run, true));
      }
      latencies.push({ engine, cold: medians(cold), warm: medians(warm) });
    }
    return latencies;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export function latencyTable(latencies: readonly Latency[]): string {
  const rows = latencies.flatMap(({ engine, cold, warm }) =>
    Object.entries({ cold, warm }).map(([state, { pictures, firstHeatmap, all }]) => [
      ...[engine, state],
      ...[pictures, firstHeatmap, all].map((milliseconds) => milliseconds.toFixed(0)),
    ]),
  );
  return markdown([['engine', 'process', 'pictures', 'first heatmap', 'all 72'], ...rows]);
}

/** In a new process, and with nothing kept. */
async function wait(engine: EngineName, run: string, started: boolean): Promise<Waited> {
  const program = join(fileURLToPath(import.meta.url), '../engine.js');
  const onWarning = (text: string): void => void process.stderr.write(`${text}\n`);
  const log = { info: () => undefined, warn: onWarning, error: onWarning };
  const client = connectEngine({ program, choice: () => engine, log });
  try {
    if (started) await client.request('engine', {});
    return await explain(client, run);
  } finally {
    client.dispose();
    await rm(runPaths(run).results, { recursive: true, force: true });
  }
}

async function explain(client: EngineClient, run: string): Promise<Waited> {
  const images = Array.from({ length: IMAGES }, (_, index): ImageReference => ({ kind: 'set', set: 'test', index }));
  const epochs = Array.from({ length: EPOCHS + 1 }, (_, epoch) => epoch);
  const begin = performance.now();
  let pictures: number | undefined;
  let firstHeatmap: number | undefined;
  const progress = (value: Progress<EngineContract, 'explain'>): void => {
    const now = performance.now() - begin;
    if (value.kind === 'start') pictures ??= now;
    else if (value.kind === 'maps' && value.done > 0) firstHeatmap ??= now;
  };
  await client.request('explain', { run, epochs, images, layer: 'auto' }, { progress });
  return { pictures: pictures ?? NaN, firstHeatmap: firstHeatmap ?? NaN, all: performance.now() - begin };
}

/** With weights as a training begins from: they take as long as any others. */
async function makeRun(folder: string): Promise<string> {
  const path = join(folder, `${STUDY.name}.epochlens.json`);
  await writeFile(path, JSON.stringify(STUDY));
  const located = await readStudy(path);
  const { inputSize } = located.study.model;
  const run = await createRun({
    folder: join(folder, 'run'),
    located,
    dataset: { kind: 'synthetic', classNames: [], fingerprint: '', description: 'images that the program draws' },
    engine: { name: 'none', version: '0', device: 'none' },
    versions: {},
  });
  const model = createModel(run.network, inputSize, 10);
  for (let epoch = 0; epoch <= EPOCHS; epoch++) {
    const checkpoint = serialiseCheckpoint(model, initialWeights(model, epoch), {});
    await writeEpoch(run.folder, { epoch, checkpoint, optimizerState: undefined, metrics: undefined });
  }
  return run.folder;
}

function medians(samples: readonly Waited[]): Waited {
  const of = (name: keyof Waited): number => median(samples.map((sample) => sample[name]));
  return { pictures: of('pictures'), firstHeatmap: of('firstHeatmap'), all: of('all') };
}
