/**
 * The explicit word that a run's files are right as they are: what nothing vouches for gets its sum. What is not as its
 * own sum says is never sealed.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isReportedError } from '../../common/errors';
import { fileError } from '../../common/systemErrors';
import { lockRun } from '../locks/lock';
import { writeManifest, type StoredManifest } from '../manifest';
import { METRICS_FILE } from '../metrics/metrics';
import { readMetricsLines } from '../metrics/metricsFile';
import { openManifest } from '../open';
import { NETWORK_FILE, runPaths } from '../paths';
import { readSums, replaceSums, sha256, type SumRow } from '../sums/sums';
import { hashFile, type HashWatch } from '../../common/hashFile';
import { epochFiles } from './expected';

export interface Sealed {
  /** What has a sum now and had none, such as "checkpoints/epoch-003.safetensors", "metrics.jsonl, line 4 (epoch 3)". */
  readonly sealed: readonly string[];
  /** Lines of sums.jsonl that were damaged and are left out by now. */
  readonly dropped: readonly number[];
}

/**
 * Takes the run's lock. @throws InputError where run.json is damaged, or the run is being trained; CancelledError, which
 * changes nothing
 */
export async function sealRun(folder: string, watch: HashWatch = {}): Promise<Sealed> {
  const manifest = await openManifest(folder);
  const run = { folder: resolve(folder), manifest };
  const lock = await lockRun(run.folder, 'seal');
  try {
    const sums = await readSums(run.folder);
    const known = typeof sums === 'string' ? undefined : sums;
    const rows = [...(await unvouchedFiles(run.folder, watch)), ...(await unvouchedLines(run.folder))];
    const dropped = known?.damaged ?? [];
    const isOlder = known === undefined || known.since > 0;
    if (rows.length > 0 || dropped.length > 0 || isOlder)
      await replaceSums(
        run.folder,
        rows.map(({ row }) => row),
      );
    const sealed = rows.map(({ text }) => text);
    if (run.manifest.sum !== undefined) return { sealed, dropped };
    await sealManifest(run.folder);
    return { sealed: ['run.json', ...sealed], dropped };
  } finally {
    await lock.release();
  }
}

interface NewRow {
  readonly row: SumRow;
  readonly text: string;
}

async function unvouchedFiles(folder: string, watch: HashWatch): Promise<NewRow[]> {
  const sums = await readSums(folder);
  const { checkpoints, optimizerStates } = await epochFiles(folder, undefined, false);
  const rows: NewRow[] = [];
  const network = { file: NETWORK_FILE, isThere: existsSync(runPaths(folder).network) };
  for (const { file, isThere } of [network, ...checkpoints, ...optimizerStates]) {
    if (!isThere) continue;
    // A file that has a sum, or was to be deleted, is none of ours.
    if (typeof sums !== 'string' && sums.of(file)?.length !== 0) continue;
    const path = join(folder, file);
    const sum = await hashFile(path, watch).catch((error: unknown) => {
      throw isReportedError(error) ? error : fileError('the file cannot be read, and is not sealed', path, error);
    });
    rows.push({ row: { file, sha256: sum }, text: file });
  }
  return rows;
}

async function unvouchedLines(folder: string): Promise<NewRow[]> {
  const sums = await readSums(folder);
  return (await readMetricsLines(folder)).flatMap(({ text, number, epoch }): NewRow[] => {
    if (epoch === undefined) return [];
    if (typeof sums !== 'string' && sums.of(METRICS_FILE, epoch)?.length !== 0) return [];
    const row = { file: METRICS_FILE, epoch, sha256: sha256(text), line: text };
    return [{ row, text: `${METRICS_FILE}, line ${number} (epoch ${epoch})` }];
  });
}

async function sealManifest(folder: string): Promise<void> {
  await writeManifest(folder, JSON.parse(await readFile(runPaths(folder).manifest, 'utf8')) as StoredManifest);
}
