/** results/ is a cache: it has a limit, and can be cleared. What was used longest ago goes first. */
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { runPaths } from '../paths';
import { LEDGER_NAME } from '../results/results';
import { usersOf } from '../locks/uses';
import { listResults } from '../verify/results';

const DEFAULT_MEGABYTES = 2000;
/** Below the limit by so much, so that not every result makes another go. */
const TRIM_TO = 0.9;

/** Of each run, in bytes: EPOCHLENS_RESULTS_LIMIT_MB, or 2 GB. 0 is no limit. */
export function resultsLimit(env: Readonly<Record<string, string | undefined>> = process.env): number {
  const megabytes = Number(env['EPOCHLENS_RESULTS_LIMIT_MB'] || DEFAULT_MEGABYTES);
  return Number.isFinite(megabytes) && megabytes >= 0 ? megabytes * 1e6 : DEFAULT_MEGABYTES * 1e6;
}

export interface Freed {
  readonly files: number;
  readonly bytes: number;
}

const NOTHING: Freed = { files: 0, bytes: 0 };

let isLeftAsIs = false;

/** This process deletes no results: they are shares of what another one is to put together. */
export function leaveResults(): void {
  isLeftAsIs = true;
}

/** How many bytes a run's results take. */
export async function resultsBytes(folder: string): Promise<number> {
  return sizeOf(await resultFiles(folder));
}

interface Result {
  readonly path: string;
  readonly bytes: number;
  /** Milliseconds; as far as the file system notes when a file is read. */
  readonly used: number;
}

/**
 * Deletes results until they fit the limit. While another process computes on the run nothing goes: it may be about to
 * read what it has just kept. @param limit in bytes, 0 for none
 */
export async function trimResults(folder: string, limit = resultsLimit()): Promise<Freed> {
  if (limit === 0 || isLeftAsIs) return NOTHING;
  const results = await resultFiles(folder);
  const all = sizeOf(results);
  if (all <= limit || (await usersOf(folder)).length > 0) return NOTHING;
  let left = all;
  const going = [...results]
    .sort((a, b) => a.used - b.used)
    .filter(({ bytes }) => {
      const goes = left > limit * TRIM_TO;
      if (goes) left -= bytes;
      return goes;
    });
  return remove(going);
}

/** Deletes all of a run's results; nothing while a process computes on it. Undefined where one does. */
export async function clearResults(folder: string): Promise<Freed | undefined> {
  if ((await usersOf(folder)).length > 0) return undefined;
  const freed = await remove(await resultFiles(folder));
  // Without results it tells of none.
  await rm(join(runPaths(folder).results, LEDGER_NAME), { force: true });
  return freed;
}

/** Those that can be computed again: nothing that is not ours. */
async function resultFiles(folder: string): Promise<Result[]> {
  const names = (await listResults(folder)).filter((name) => /^[A-Za-z]+-[0-9a-f]{32}\.(?:json|bin)$/.test(name));
  const files = names.map(async (name): Promise<Result[]> => {
    const path = join(runPaths(folder).results, name);
    const stats = await stat(path).catch(() => undefined);
    if (stats === undefined) return [];
    return [{ path, bytes: stats.size, used: Math.max(stats.atimeMs, stats.mtimeMs) }];
  });
  return (await Promise.all(files)).flat();
}

async function remove(results: readonly Result[]): Promise<Freed> {
  for (const { path } of results) await rm(path, { force: true });
  return { files: results.length, bytes: sizeOf(results) };
}

function sizeOf(results: readonly Result[]): number {
  return results.reduce((sum, { bytes }) => sum + bytes, 0);
}
