/**
 * Whether a cluster has an accounting database that answers. Where Slurm says that there is none, it is not asked again for
 * a day; one that fails or is slow is asked again after ten minutes, and counts as none where that was so many times in
 * a row in vain.
 */
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { makeFolder } from '../../common/folders';
import { schedulerFile, schedulersFolder } from './schedulerFiles';

/** 'later': it may answer another time, so that what it was to be asked is open until then. */
export type Accounting = 'ask' | 'later' | 'none';

const REMEMBERED_MILLISECONDS = 24 * 3_600_000;
const LATER_MILLISECONDS = 600_000;
const MOST_FAILURES = 6;

export async function accountingOf(host: string | null): Promise<Accounting> {
  const known = await remembered(host);
  if (known === undefined || known.age >= REMEMBERED_MILLISECONDS) return 'ask';
  if (known.failures >= MOST_FAILURES) return 'none';
  return known.age < LATER_MILLISECONDS ? 'later' : 'ask';
}

/** Slurm says that there is none. */
export async function rememberNoAccounting(host: string | null): Promise<void> {
  await remember(host, MOST_FAILURES);
}

/** It did not answer. */
export async function rememberFailure(host: string | null): Promise<void> {
  const known = await remembered(host);
  await remember(host, known === undefined ? 1 : known.failures + 1);
}

export async function rememberAccounting(host: string | null): Promise<void> {
  await rm(pathOf(host), { force: true }).catch(() => undefined);
}

function pathOf(host: string | null): string {
  return schedulerFile(host, 'no-sacct');
}

/** How many failures in a row, and how many milliseconds ago the last. */
async function remembered(host: string | null): Promise<{ failures: number; age: number } | undefined> {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(pathOf(host), 'utf8'), stat(pathOf(host))]);
    return { failures: Number(text), age: Date.now() - mtimeMs };
  } catch {
    return undefined;
  }
}

/** That it cannot be remembered costs a question. */
async function remember(host: string | null, failures: number): Promise<void> {
  await makeFolder(schedulersFolder())
    .then(() => writeFile(pathOf(host), String(failures)))
    .catch(() => undefined);
}
