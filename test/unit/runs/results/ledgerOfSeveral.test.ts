/** The ledger that several programs write at once: no row of one is lost by another's. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { perturbationSchema } from '../../../../src/perturbations';
import { openLedger, readLedger } from '../../../../src/runs';

const perturbation = perturbationSchema.parse({ kind: 'gaussianNoise' });
const row = (epoch: number) => ({ place: 0, epoch, perturbation, result: `robustness-${epoch}` });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'epochlens-ledger-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('holds the rows of all, each opened before any of them wrote', async () => {
  const epochs = [0, 1, 2, 3, 4];
  const all = await Promise.all(epochs.map(() => openLedger(folder, [perturbation])));
  for (const [at, ledger] of all.entries()) ledger.put(row(epochs[at] as number));
  await Promise.all(all.map((ledger) => ledger.save()));
  expect((await readLedger(folder)).map(({ epoch }) => epoch)).toEqual(epochs);
  expect(await readdir(join(folder, 'results'))).toEqual(['perturbations.json']);
});

it('drops rows of entries that are gone, whoever wrote them', async () => {
  const other = perturbationSchema.parse({ kind: 'rotation' });
  const ledger = await openLedger(folder, [other]);
  ledger.put({ place: 0, epoch: 1, perturbation: other, result: 'robustness-turned' });
  await ledger.save();
  expect(await readLedger(folder)).toEqual([{ place: 0, epoch: 1, perturbation: other, result: 'robustness-turned' }]);
});
