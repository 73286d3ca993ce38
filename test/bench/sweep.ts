/** `npm run bench -- --sections sweep`: a sweep by the built command line, beside its trainings one after another. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { EngineName } from '../../src/engine/engine';
import { readStudyFile } from '../../src/study';

const CLI = resolve('dist/cli.js');
const run = promisify(execFile);

/** Two recipes with three seeds: long enough for the start of a process to play a small part. */
const STUDY = {
  dataset: { kind: 'synthetic', trainCount: 500, testCount: 50 },
  training: { epochs: 3, batchSize: 32 },
  sweep: { axes: { 'training.learningRate': [0.1, 0.01] }, seeds: 3, tests: 'none' },
};

export interface SweepTimes {
  readonly cells: number;
  /** Seconds. */
  readonly alone: number;
  readonly sweep: number;
}

export async function measureSweep(engine: EngineName): Promise<SweepTimes> {
  const folder = await mkdtemp(join(tmpdir(), 'sweep-bench-'));
  try {
    const study = join(folder, 'bench.epochlens.json');
    await writeFile(study, JSON.stringify(STUDY));
    const cells = (await readStudyFile(study)).sweep?.cells ?? [];
    // Run folders elsewhere, which the sweep does not find.
    const alone = await secondsOf(async () => {
      for (const { id } of cells)
        await epochlens('train', study, '--cell', id, '--run', join(folder, 'alone', id), '--engine', engine);
    });
    const sweep = await secondsOf(() => epochlens('sweep', study, '--engine', engine));
    return { cells: cells.length, alone, sweep };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function epochlens(...words: readonly string[]): Promise<void> {
  await run(process.execPath, [CLI, ...words]);
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

const MOST_RATIO = 1.05;

export function sweepTable({ cells, alone, sweep }: SweepTimes): string {
  return [
    '| trainings | one after another, s | as a sweep, s | ratio | at most |',
    '| --------- | -------------------- | ------------- | ----- | ------- |',
    `| ${cells} | ${alone.toFixed(1)} | ${sweep.toFixed(1)} | ${(sweep / alone).toFixed(3)} | ${MOST_RATIO} |`,
  ].join('\n');
}
