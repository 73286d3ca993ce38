import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placeRows, readLedger, writeLedger, type LedgerRow } from '../../../../src/runs';
import { formerText } from '../../../../src/computations/robustness/text';
import { perturbationSchema, type Perturbation } from '../../../../src/perturbations';

const entry = (value: unknown): Perturbation => perturbationSchema.parse(value);
const noise = (standardDeviation: number, more: object = {}): Perturbation =>
  entry({ kind: 'gaussianNoise', standardDeviation, ...more });
const TURN = entry({ kind: 'rotation' });
const rowsOf = (...entries: Perturbation[]): LedgerRow[] =>
  entries.flatMap((perturbation, place) =>
    [0, 1].map((epoch) => ({ place, epoch, perturbation, result: `robustness-${place}${epoch}` })),
  );
/** Which former place each of the present places has its rows from. */
const origins = (rows: readonly LedgerRow[]): [number, string][] =>
  rows.filter(({ epoch }) => epoch === 0).map(({ place, result }) => [place, result.slice(-2, -1)]);

describe('rows of the ledger', () => {
  it('stay with entries that are moved', () => {
    const rows = rowsOf(noise(0.1), noise(0.2), TURN);
    expect(origins(placeRows(rows, [TURN, noise(0.1), noise(0.2)]))).toEqual([
      [0, '2'],
      [1, '0'],
      [2, '1'],
    ]);
    expect(placeRows(rows, [noise(0.1), noise(0.2), TURN])).toEqual(rows);
  });

  it('stay where something is inserted, which has none itself', () => {
    const rows = rowsOf(noise(0.1), TURN);
    const after = placeRows(rows, [noise(0.3), noise(0.1), TURN]);
    expect(origins(after)).toEqual([
      [1, '0'],
      [2, '1'],
    ]);
    expect(after).toHaveLength(4);
  });

  it('go to the entry of their kind at their place where it was changed', () => {
    const rows = rowsOf(noise(0.1), TURN, noise(0.2));
    expect(origins(placeRows(rows, [noise(0.5), TURN, noise(0.2)]))).toEqual([
      [0, '0'],
      [1, '1'],
      [2, '2'],
    ]);
  });

  it('go to the entry of their kind that is most like theirs where it was changed and moved', () => {
    const rows = rowsOf(noise(0.1, { seed: 7 }), TURN, noise(0.2));
    // Both changes in one save: none is at its place, and none is as it was.
    expect(origins(placeRows(rows, [entry({ kind: 'rotation', rounds: 9 }), noise(0.3, { seed: 7 })]))).toEqual([
      [0, '1'],
      [1, '0'],
    ]);
    expect(origins(placeRows(rows, [TURN, noise(0.2, { rounds: 9 })]))).toEqual([
      [0, '1'],
      [1, '2'],
    ]);
  });

  it('go to one entry each: to one that now is what another was before one that was changed', () => {
    const rows = rowsOf(noise(0.1), noise(0.2));
    expect(origins(placeRows(rows, [noise(0.2), noise(0.3)]))).toEqual([
      [0, '1'],
      [1, '0'],
    ]);
    expect(origins(placeRows(rows, [noise(0.2), TURN]))).toEqual([[0, '1']]);
  });
});

describe('what an entry was', () => {
  it('is said with all that tells it apart', () => {
    expect(formerText(noise(0.1), noise(0.2))).toBe('gaussianNoise 0.1');
    expect(formerText(noise(0.1, { seed: 4 }), noise(0.1))).toBe('gaussianNoise 0.1, seed 4');
    expect(formerText(noise(0.1, { rounds: 2, images: 9 }), noise(0.1, { images: 10 }))).toBe(
      'gaussianNoise 0.1, rounds 2, images 9',
    );
    expect(formerText(TURN, TURN)).toBe('rotation −30…30° with other weights, images, layer or method');
  });
});

describe('the file', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'epochlens-ledger-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('reads what was written, and nothing where it is absent or damaged', async () => {
    expect(await readLedger(folder)).toEqual([]);
    const rows = rowsOf(noise(0.1), TURN);
    await writeLedger(folder, rows);
    expect(await readLedger(folder)).toEqual(rows);
    const path = join(folder, 'results', 'perturbations.json');
    for (const damaged of ['{', '{"checksum":"x","rows":[]}', '{"rows":[{"place":-1}]}']) {
      await writeFile(path, damaged);
      expect(await readLedger(folder)).toEqual([]);
    }
  });
});
