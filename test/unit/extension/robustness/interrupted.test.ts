import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { processStart } from '../../../../src/common/processes';
import { createTestLedger } from '../../../../src/extension/robustness/interrupted/ledger';
import { openTests } from '../../../../src/extension/robustness/interrupted/openTests';
import { testLenses } from '../../../../src/extension/robustness/lenses';
import type { KnownTests } from '../../../../src/extension/robustness/outcomes';
import { studyTests } from '../../../../src/extension/robustness/studyTests';
import { resultAt } from './measured';

const PLANNED = { run: '/r', keys: ['noise', 'occlusion'], epochs: [0, 2] };
/** No process can have it. */
const NOBODY = 2 ** 30;

describe('the ledger of tests that are computed', () => {
  const folders: string[] = [];
  let storage = '';
  beforeEach(async () => {
    storage = await mkdtemp(join(tmpdir(), 'epochlens-ledger-'));
    folders.push(storage);
  });
  afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

  /** As if another process had written them. */
  async function give(pid: number): Promise<void> {
    const folder = join(storage, 'tests');
    for (const name of await readdir(folder)) {
      const entry = JSON.parse(await readFile(join(folder, name), 'utf8')) as object;
      await writeFile(join(folder, name), JSON.stringify({ ...entry, pid, processStart: processStart(pid) }));
    }
  }

  test('holds those whose window is gone, until they are forgotten', async () => {
    const ledger = createTestLedger(storage);
    await ledger.begin(PLANNED);
    expect(await ledger.left()).toEqual({ left: [], others: false });
    await give(NOBODY);
    const { left } = await ledger.left();
    expect(left).toMatchObject([PLANNED]);
    await ledger.forget(left[0]?.file ?? '');
    expect(await ledger.left()).toEqual({ left: [], others: false });
  });

  test('waits for those of another window, which may end them', async () => {
    const ledger = createTestLedger(storage);
    await ledger.begin(PLANNED);
    const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
    await give(other.pid ?? 0);
    expect(await ledger.left()).toEqual({ left: [], others: true });
    const ended = new Promise((resolve) => other.once('close', resolve));
    other.kill('SIGKILL');
    await ended;
    expect((await ledger.left()).left).toHaveLength(1);
  });

  test('has nothing of those that ended, and clears away what is damaged', async () => {
    const ledger = createTestLedger(storage);
    const end = await ledger.begin(PLANNED);
    await end();
    await writeFile(join(storage, 'tests', 'torn.json'), '{"run":"/r","ke');
    expect(await ledger.left()).toEqual({ left: [], others: false });
    expect(await readdir(join(storage, 'tests'))).toEqual([]);
    expect(await createTestLedger(undefined).left()).toEqual({ left: [], others: false });
  });
});

describe('interrupted tests', () => {
  const known = (...of: (readonly [key: string, epochs: readonly number[], state?: 'stale'])[]): KnownTests => ({
    run: '/r',
    tests: of.map(([key, epochs, state]) => ({
      ...{ title: key, key, expectation: '', drawn: {} as KnownTests['tests'][number]['drawn'] },
      results: new Map(epochs.map((epoch) => [epoch, { ...resultAt(epoch, {}), ...(state && { state }) }])),
    })),
  });

  test('are those without a result that holds, by where they are in the list now', () => {
    const { open, done } = openTests([PLANNED], known(['new', []], ['occlusion', [0, 1]], ['noise', [0, 2], 'stale']));
    expect(open).toEqual([
      { index: 1, epoch: 2 },
      { index: 2, epoch: 0 },
      { index: 2, epoch: 2 },
    ]);
    expect(done).toBe(1);
    expect(openTests([PLANNED], known(['noise', [0, 2]])).open).toEqual([]);
    expect(openTests([{ ...PLANNED, run: '/other' }], known(['noise', []])).open).toEqual([]);
  });

  test('have lenses that say so and run them again', () => {
    const study = '{ "perturbations": [{ "kind": "gaussianNoise" }] }';
    expect(studyTests(study, '/w/s.epochlens.json').tests).toHaveLength(1);
    const missing = (epoch: number) => ({ kind: 'missing' as const, epoch });
    const input = { studyFile: '/w/s.epochlens.json', index: 0, progress: undefined, trusted: true };
    const result = { model: undefined, outcomes: [missing(0), missing(1)], interrupted: [1] };
    expect(testLenses({ ...input, results: [result] }).map(({ title }) => title)).toEqual([
      '$(debug-rerun) Run again',
      '$(debug-disconnect) interrupted: 0 of 2 checkpoints computed',
    ]);
    expect(testLenses({ ...input, results: [{ ...result, interrupted: [] }] }).map(({ title }) => title)).toEqual([
      '$(beaker) Run this test',
    ]);
  });
});
