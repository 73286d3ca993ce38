/**
 * results/perturbations.json: for each place of a study's list of perturbations, and each epoch, what was measured last.
 * By it a changed entry shows its former numbers as outdated, rather than none.
 */
import { join } from 'node:path';
import * as z from 'zod';
import { writeFileAtomically } from '../../common/atomic';
import { canonicalJson, jsonHash } from '../../common/canonicalJson';
import { makeFolder } from '../../common/folders';
import { readRegularFile } from '../../common/regularFile';
import { perturbationSchema, type Perturbation } from '../../perturbations';
import { formerPlaces } from '../../study/index';
import { runPaths } from '../paths';

const rowSchema = z.object({
  /** In the study's list, from 0. */
  place: z.int().min(0),
  epoch: z.int().min(0),
  /** As it was measured: with every default, how many images it came to, and without what is expected. */
  perturbation: perturbationSchema,
  /** The result's file, in the same folder. */
  result: z.string(),
});
export type LedgerRow = z.output<typeof rowSchema>;

const ledgerSchema = z.object({ checksum: z.string(), rows: z.array(rowSchema) });

/** The rows in memory, at the places of the study's present entries. */
export interface Ledger {
  /** What was measured last. */
  row(place: number, epoch: number): LedgerRow | undefined;
  put(row: LedgerRow): void;
  /** Writes them, where they are not as they were written last. Of two programs that write, the later one's stand. */
  save(): Promise<void>;
}

/** @param entries the study's list, in the form of the rows' perturbations */
export async function openLedger(folder: string, entries: readonly Perturbation[]): Promise<Ledger> {
  const key = (place: number, epoch: number): string => `${place} ${epoch}`;
  let written = await readLedger(folder);
  const rows = new Map(placeRows(written, entries).map((row) => [key(row.place, row.epoch), row]));
  return {
    row: (place, epoch) => rows.get(key(place, epoch)),
    put: (row) => void rows.set(key(row.place, row.epoch), row),
    async save() {
      const sorted = [...rows.values()].sort(byPlace);
      if (canonicalJson(sorted) === canonicalJson(written)) return;
      await writeLedger(folder, sorted);
      written = sorted;
    },
  };
}

function byPlace(a: LedgerRow, b: LedgerRow): number {
  return a.place - b.place || a.epoch - b.epoch;
}

/** A row a place and epoch. Damaged is as good as absent: what is kept is recorded again when it is next looked at. */
export async function readLedger(folder: string): Promise<LedgerRow[]> {
  try {
    const { checksum, rows } = ledgerSchema.parse(JSON.parse((await readRegularFile(pathOf(folder))).toString('utf8')));
    return checksum === jsonHash(rows) ? rows : [];
  } catch {
    return [];
  }
}

export async function writeLedger(folder: string, rows: readonly LedgerRow[]): Promise<void> {
  await makeFolder(runPaths(folder).results);
  const content = canonicalJson({ checksum: jsonHash(rows), rows });
  await writeFileAtomically(pathOf(folder), content, { toDisk: false });
}

function pathOf(folder: string): string {
  return join(runPaths(folder).results, 'perturbations.json');
}

/**
 * The rows at the places that their entries have by now. Rows of entries that are gone are dropped.
 * @param entries the study's list, in the form of the rows' perturbations
 */
export function placeRows(rows: readonly LedgerRow[], entries: readonly Perturbation[]): LedgerRow[] {
  const former = new Map<number, readonly LedgerRow[]>();
  for (const row of rows) former.set(row.place, [...(former.get(row.place) ?? []), row]);
  const measured = new Map(
    [...former].map(([place, ofPlace]) => [place, ofPlace.map(({ perturbation }) => perturbation)]),
  );
  return formerPlaces(measured, entries)
    .flatMap((from, place) => (from === undefined ? [] : (former.get(from) ?? []).map((row) => ({ ...row, place }))))
    .sort(byPlace);
}
