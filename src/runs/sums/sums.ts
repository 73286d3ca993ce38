/**
 * sums.jsonl: the SHA-256 of every checkpoint, optimiser state and metrics line of a run.
 *
 * A row is written before what it vouches for, so that a file in its place always has its row. Rows are only added: an
 * epoch that is trained again after a resume has several, and its file may have the sum of any. Each row carries a sum of
 * its own, and that of a metrics line a copy of it. Runs of older versions have no such file, or one that begins with a later epoch.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { writeFileAtomically } from '../../common/atomic';
import { jsonHash } from '../../common/canonicalJson';
import { readRegularFile } from '../../common/regularFile';
import { errorCode } from '../../common/reasons';
import { fileStamp } from '../../common/fileStamp';
import { appendLines, readLines, type Lines } from '../metrics/lines';
import { runPaths } from '../paths';

/** Hexadecimal digits of a row's own sum. */
const ROW_SUM_LENGTH = 16;

const rowSchema = z.union([
  /** The first epoch whose files have rows. */
  z.object({ since: z.int().min(0) }),
  z.object({
    /** From the run folder, with '/'. */
    file: z.string(),
    /** Of a line of the file, in place of the whole. */
    epoch: z.int().min(0).exactOptional(),
    /** Hexadecimal; null once the file was deleted on purpose. */
    sha256: z.string().nullable(),
    /** A copy of the line, so that a damaged one loses nothing. */
    line: z.string().exactOptional(),
  }),
]);
type Row = z.output<typeof rowSchema>;
/** What vouches for a file, or for the line of an epoch in it. */
export type SumRow = Extract<Row, { file: string }>;

export interface Sums {
  /** Files of earlier epochs are vouched for by nobody. */
  readonly since: number;
  /** Numbers of rows, from 1, that cannot be relied on. */
  readonly damaged: readonly number[];
  /**
   * Whether a damaged row holds this text, such as a SHA-256 that was just computed: who finds it there knows what the
   * row vouched for, whatever else of it is damaged.
   */
  readonly isInDamagedRow: (text: string) => boolean;
  /** Sums that the file, or its line of an epoch, may have; empty where none is known. Null: deleted on purpose. */
  of(file: string, epoch?: number): readonly string[] | null;
  /** The copy of an epoch's line; undefined where there is none, or several that differ. */
  copyOf(file: string, epoch: number): string | undefined;
  /** The newest that anything was ever written of; -1 where nothing was. */
  readonly newestEpoch: number;
  /** All that is vouched for, and not deleted. */
  rows(): readonly SumRow[];
}

/** Of an older run, and of one whose sums.jsonl is gone. */
export type NoSums = 'never kept' | 'missing';

const KNOWN = new Map<string, { readonly stamp: string; readonly sums: Promise<Sums> }>();
const MOST_KNOWN = 64;

/** The sums of a run. Read again only when the file has changed. */
export async function readSums(folder: string): Promise<Sums | NoSums> {
  const path = runPaths(folder).sums;
  const stamp = await fileStamp(path).catch(() => undefined);
  if (stamp === undefined) return (await manifestHasSum(folder)) ? 'missing' : 'never kept';
  const known = KNOWN.get(folder);
  if (known?.stamp === stamp) return known.sums;
  // Kept before it is read: whoever asks meanwhile waits for the same reading.
  const sums = readLines(path).then(parseSums);
  if (KNOWN.size >= MOST_KNOWN) KNOWN.clear();
  KNOWN.set(folder, { stamp, sums });
  sums.catch(() => KNOWN.delete(folder));
  return sums;
}

/** Whether a run.json was written by a version that keeps sums. */
async function manifestHasSum(folder: string): Promise<boolean> {
  try {
    const manifest: unknown = JSON.parse((await readRegularFile(runPaths(folder).manifest)).toString('utf8'));
    return typeof manifest === 'object' && manifest !== null && 'sum' in manifest;
  } catch (error) {
    // What cannot be parsed is a damaged file, and not one of an older version.
    return errorCode(error) === undefined;
  }
}

function parseSums({ whole, rest }: Lines): Sums {
  const rows = new Map<string, SumRow[] | null>();
  const damaged = new Map<number, string>();
  let since: number | undefined;
  // A row says itself whether it is whole, also without its end.
  const lines = parseRow(rest) === undefined ? whole : [...whole, rest];
  for (const [index, line] of lines.entries()) {
    const row = parseRow(line);
    if (row === undefined) damaged.set(index + 1, line);
    else if ('since' in row) since = Math.min(since ?? Infinity, row.since);
    else if (row.sha256 === null) rows.set(keyOf(row.file, row.epoch), null);
    else rows.set(keyOf(row.file, row.epoch), [...(rows.get(keyOf(row.file, row.epoch)) ?? []), row]);
  }
  return {
    // Without its first row the file is to vouch for everything, rather than for nothing.
    since: since ?? 0,
    damaged: [...damaged.keys()],
    isInDamagedRow: (text) => [...damaged.values(), rest].some((line) => line.includes(text)),
    newestEpoch: Math.max(-1, ...[...rows.keys()].map(epochOfKey)),
    of(file, epoch) {
      const known = rows.get(keyOf(file, epoch));
      return known === null ? null : (known ?? []).map(({ sha256 }) => sha256 as string);
    },
    copyOf(file, epoch) {
      const copies = new Set((rows.get(keyOf(file, epoch)) ?? []).map(({ line }) => line));
      return copies.size === 1 ? [...copies][0] : undefined;
    },
    rows: () => [...rows.values()].flatMap((known) => known?.slice(-1) ?? []),
  };
}

function keyOf(file: string, epoch?: number): string {
  return epoch === undefined ? file : `${file}\n${epoch}`;
}

/** Of a line the epoch is in the key, of a file in its name. */
function epochOfKey(key: string): number {
  return Number(/(\d+)(?:\.safetensors)?$/.exec(key)?.[1] ?? -1);
}

function parseRow(line: string): Row | undefined {
  try {
    const { sum, ...row } = JSON.parse(line) as Record<string, unknown>;
    return sum === rowSum(row) ? rowSchema.parse(row) : undefined;
  } catch {
    return undefined;
  }
}

function rowSum(row: unknown): string {
  return jsonHash(row).slice(0, ROW_SUM_LENGTH);
}

function rowText(row: Row): string {
  return JSON.stringify({ ...row, sum: rowSum(row) });
}

/** A new run's, which vouches for everything from `since` on. */
export async function createSums(folder: string, since = 0): Promise<void> {
  await writeFileAtomically(runPaths(folder).sums, `${rowText({ since })}\n`);
}

/** Adds rows; to be called before what they vouch for is written. `since` is of a run that has no sums yet. */
export async function appendSums(folder: string, rows: readonly SumRow[], since: number): Promise<void> {
  // From 0 on only where run.json has a sum, too.
  const begin: Row[] = (await readSums(folder)) === 'never kept' ? [{ since: Math.max(1, since) }] : [];
  await appendLines(runPaths(folder).sums, [...begin, ...rows].map(rowText));
}

/** Rewrites the whole file: its rows that can be relied on, new ones, and that from now on everything has one. */
export async function replaceSums(folder: string, added: readonly SumRow[]): Promise<void> {
  const path = runPaths(folder).sums;
  const { whole: lines, rest } = await readLines(path);
  const whole = [...lines, rest].flatMap((line) => parseRow(line) ?? []);
  const rows: Row[] = [{ since: 0 }, ...whole.filter((row) => !('since' in row)), ...added];
  await writeFileAtomically(path, rows.map((row) => `${rowText(row)}\n`).join(''));
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
