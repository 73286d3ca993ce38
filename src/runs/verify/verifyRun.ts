/** Every sum of a run folder: what is whole, damaged, missing, or vouched for by nobody. Changes nothing. */
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CancelledError, isReportedError } from '../../common/errors';
import { filesToDelete } from '../deleting';
import { isFileNetwork } from '../../architectures';
import type { RunManifest } from '../manifest';
import { openManifest, openRun, type Run } from '../open';
import { NETWORK_FILE, runPaths } from '../paths';
import { readSums, type NoSums, type Sums } from '../sums/sums';
import { verifyEpochFile } from './epochs';
import { epochFiles, type EpochToCheck } from './expected';
import { ADVICE, isDamage, OLDER, sealAdvice, type Finding } from './finding';
import { verifyMetrics } from './metricsLines';
import { verifyResults } from './results';
import { verifySteps } from './steps';
import { verifyStatus } from './status';
import { unreadable } from './unreadable';

export interface Verification {
  /** Absolute. */
  readonly folder: string;
  /** Undefined where its run.json, or the graph of its network, cannot be read. */
  readonly run: Run | undefined;
  readonly findings: readonly Finding[];
}

export interface VerifyWatch {
  readonly signal?: AbortSignal | undefined;
  /** Bytes of checkpoints and optimiser states that were read, which take longest. */
  readonly progress?: ((done: number, of: number) => void) | undefined;
}

/** @throws CancelledError */
export async function verifyRun(path: string, { signal, progress }: VerifyWatch = {}): Promise<Verification> {
  const folder = resolve(path);
  const { manifest, finding } = await verifyManifest(folder);
  const run = manifest && (await openRun(folder).catch(notOpened));
  const { sums, findings: ofSums } = await verifySums(folder);
  const known = typeof sums === 'string' ? undefined : sums;
  const toDelete = known === undefined ? [] : await filesToDelete(folder);
  const stays = ({ file }: EpochToCheck): boolean => !toDelete.includes(file);
  const all = await epochFiles(folder, known, manifest?.imported !== undefined);
  const checkpoints = all.checkpoints.filter(stays);
  const optimizerStates = all.optimizerStates.filter(stays);
  const files = [...checkpoints, ...optimizerStates];
  const of = await totalBytes(files.map(({ file }) => join(folder, file)));
  let done = 0;
  const watch = { signal, progress: (bytes: number) => progress?.((done += bytes), of) };
  const findings: Finding[] = [finding, ...(await verifyStatus(folder, manifest)), ...ofSums];
  if (manifest !== undefined && isFileNetwork(manifest.study.model.architecture)) {
    const isThere = await isFile(runPaths(folder).network);
    // It is written before the first epoch.
    findings.push(
      await verifyEpochFile(folder, { epoch: 0, file: NETWORK_FILE, isThere }, 'network', sums, { signal }),
    );
  }
  for (const file of checkpoints) findings.push(await verifyEpochFile(folder, file, 'checkpoint', sums, watch));
  for (const file of optimizerStates) findings.push(await verifyEpochFile(folder, file, 'optimizerState', sums, watch));
  findings.push(...toDelete.map(unfinishedDeletion));
  findings.push(...(await verifyMetrics(folder, sums)), ...(await verifySteps(folder)));
  if (signal?.aborted === true) throw new CancelledError();
  findings.push(...(await verifyResults(folder, signal)));
  return { folder, run, findings };
}

export function isWhole({ findings }: Pick<Verification, 'findings'>): boolean {
  return !findings.some(isDamage);
}

function notOpened(error: unknown): undefined {
  if (!isReportedError(error)) throw error;
}

function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}

async function verifyManifest(folder: string): Promise<{ manifest: RunManifest | undefined; finding: Finding }> {
  const about = { part: 'manifest', file: 'run.json' } as const;
  try {
    const manifest = await openManifest(folder);
    const finding: Finding =
      manifest.sum === undefined
        ? { ...about, verdict: 'notVouched', detail: OLDER, advice: sealAdvice(folder) }
        : { ...about, verdict: 'whole' };
    return { manifest, finding };
  } catch (error) {
    if (!isReportedError(error)) throw error;
    const isThere = (await stat(runPaths(folder).manifest).catch(() => undefined)) !== undefined;
    const { summary, problem } = error;
    const finding: Finding = {
      ...about,
      verdict: isThere ? 'damaged' : 'missing',
      detail: [problem.place, summary].filter((part) => part !== undefined).join(': '),
      advice: problem.advice ?? ADVICE.restore,
    };
    return { manifest: undefined, finding };
  }
}

/** Sums that cannot be read count as missing, for all that they should vouch for. */
async function verifySums(folder: string): Promise<{ sums: Sums | NoSums; findings: Finding[] }> {
  const of = { part: 'sums', file: 'sums.jsonl' } as const;
  try {
    const sums = await readSums(folder);
    return { sums, findings: findingsOf(sums, sealAdvice(folder)) };
  } catch (error) {
    return { sums: 'missing', findings: [unreadable(of, error)] };
  }
}

function findingsOf(sums: Sums | NoSums, seal: string): Finding[] {
  const of = { part: 'sums', file: 'sums.jsonl' } as const;
  if (sums === 'never kept') return [{ ...of, verdict: 'notVouched', detail: OLDER, advice: seal }];
  const advice = `${ADVICE.restore} ${seal}`;
  if (sums === 'missing')
    return [{ ...of, verdict: 'missing', detail: 'nothing vouches for this run’s files without it', advice }];
  if (sums.damaged.length === 0) return [{ ...of, verdict: 'whole' }];
  return sums.damaged.map((line) => ({
    ...of,
    verdict: 'damaged',
    place: `line ${line}`,
    detail: 'it is not as it was written',
    advice,
  }));
}

/** No damage: nothing reads it, and it goes by itself. */
function unfinishedDeletion(file: string): Finding {
  return {
    part: file.startsWith('checkpoints/') ? 'checkpoint' : 'optimizerState',
    file,
    verdict: 'notVouched',
    detail: 'it was to be deleted; the next prune or training removes it',
  };
}

async function totalBytes(paths: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    paths.map((path) =>
      stat(path).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
