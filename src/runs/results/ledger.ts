/**
 * results/perturbations.json: for each place of a study's list of perturbations, and each epoch, what was measured last.
 * By it a changed entry shows its former numbers as outdated, rather than none.
 */
import { rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import * as z from 'zod';
import { writeFileAtomically } from '../../common/atomic';
import { canonicalJson, jsonHash } from '../../common/canonicalJson';
import { InputError } from '../../common/errors';
import { makeFolder } from '../../common/folders';
import { readRegularFile } from '../../common/regularFile';
import { perturbationSchema, type Perturbation } from '../../perturbations';
import { formerPlaces } from '../../study/index';
import { lockRun, type RunLock } from '../locks/lock';
import { runPaths } from '../paths';
import { LEDGER_LOCK, LEDGER_NAME } from './results';

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
  /** Writes what was put, where it is not as it is written, beside what other programs have written meanwhile. */
  save(): Promise<void>;
}

/** @param entries the study's list, in the form of the rows' perturbations */
export async function openLedger(folder: string, entries: readonly Perturbation[]): Promise<Ledger> {
  const rows = byKey(placeRows(await readLedger(folder), entries));
  const put = new Map<string, LedgerRow>();
  return {
    row: (place, epoch) => rows.get(keyOf(place, epoch)),
    put(row) {
      for (const each of [rows, put]) each.set(keyOf(row.place, row.epoch), row);
    },
    async save() {
      const changed = (written: readonly LedgerRow[]): LedgerRow[] =>
        [...new Map([...byKey(placeRows(written, entries)), ...put]).values()].sort(byPlace);
      const isChanged = async (): Promise<LedgerRow[] | undefined> => {
        const written = await readLedger(folder);
        const now = changed(written);
        return canonicalJson(now) === canonicalJson(written) ? undefined : now;
      };
      if ((await isChanged()) === undefined) return;
      await whileLocked(folder, async () => {
        const now = await isChanged();
        if (now !== undefined) await writeLedger(folder, now);
      });
    },
  };
}

function keyOf(place: number, epoch: number): string {
  return `${place} ${epoch}`;
}

function byKey(rows: readonly LedgerRow[]): Map<string, LedgerRow> {
  return new Map(rows.map((row) => [keyOf(row.place, row.epoch), row]));
}

/** It is held for milliseconds, and longer where the disk is busy. */
const WAIT_MILLISECONDS = 10_000;

/** Between reading and writing nobody else writes. @throws WorkError, InputError where the folder cannot be had */
async function whileLocked(folder: string, work: () => Promise<void>): Promise<void> {
  const until = performance.now() + WAIT_MILLISECONDS;
  const place = join(runPaths(folder).results, LEDGER_LOCK);
  for (;;) {
    const lock = await lockRun(place, 'ledger').catch((error: unknown) => {
      if (performance.now() > until || !(error instanceof InputError)) throw error;
      return undefined;
    });
    if (lock !== undefined) return work().finally(() => release(lock, place));
    await setTimeout(10 + 40 * Math.random());
  }
}

/** The folder goes as well: whoever made it may have left it to another who had found it there. */
async function release(lock: RunLock, place: string): Promise<void> {
  await lock.release();
  await rmdir(place).catch(() => undefined);
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
  return join(runPaths(folder).results, LEDGER_NAME);
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
