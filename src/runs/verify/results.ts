/** results/: each file carries its own checksum, and its name is the hash of what it was computed from. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isTemporary } from '../../common/temporaries';
import { CancelledError } from '../../common/errors';
import { runPaths } from '../paths';
import { LEDGER_LOCK, readKeptResult } from '../results/results';
import { ADVICE, type Finding } from './finding';

const part = 'result';

export async function listResults(folder: string): Promise<string[]> {
  const names = await readdir(runPaths(folder).results).catch((): string[] => []);
  return names.filter((name) => !isTemporary(name) && name !== LEDGER_LOCK).sort();
}

/** @throws CancelledError */
export async function verifyResults(folder: string, signal?: AbortSignal): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const name of await listResults(folder)) {
    if (signal?.aborted === true) throw new CancelledError();
    findings.push(await verifyResult(folder, name));
  }
  return findings;
}

async function verifyResult(folder: string, name: string): Promise<Finding> {
  const file = join('results', name).replaceAll('\\', '/');
  const kept = await readKeptResult(folder, name);
  switch (kept.state) {
    case 'whole':
      return { part, file, verdict: 'whole' };
    case 'gone':
      // Somebody has replaced or removed it since it was listed.
      return { part, file, verdict: 'whole' };
    case 'foreign':
      return { part, file, verdict: 'notVouched', detail: 'it is no result of EpochLens', advice: ADVICE.delete };
    case 'damaged':
      return { part, file, verdict: 'damaged', detail: kept.reason, advice: ADVICE.result };
  }
}
