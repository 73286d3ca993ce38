/** Every sum of a run folder: what is whole, damaged, missing, or vouched for by nobody. Changes nothing. */
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CancelledError, isReportedError } from '../../common/errors';
import { openRun, type Run } from '../open';
import { runPaths } from '../paths';
import { readSums, type NoSums, type Sums } from '../sums';
import { verifyEpochFile } from './epochs';
import { epochFiles } from './expected';
import { ADVICE, isDamage, OLDER, type Finding } from './finding';
import { verifyMetrics } from './metricsLines';
import { verifyResults } from './results';

export interface Verification {
  /** Absolute. */
  readonly folder: string;
  /** Undefined where its run.json cannot be read. */
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
  const { run, finding } = await verifyManifest(folder);
  const sums = await readSums(folder);
  const known = typeof sums === 'string' ? undefined : sums;
  const { checkpoints, optimizerStates } = await epochFiles(folder, known, run?.manifest.imported !== undefined);
  const files = [...checkpoints, ...optimizerStates];
  const of = await totalBytes(files.map(({ file }) => join(folder, file)));
  let done = 0;
  const watch = { signal, progress: (bytes: number) => progress?.((done += bytes), of) };
  const findings: Finding[] = [finding, ...verifySums(sums)];
  for (const file of checkpoints) findings.push(await verifyEpochFile(folder, file, 'checkpoint', sums, watch));
  for (const file of optimizerStates) findings.push(await verifyEpochFile(folder, file, 'optimizerState', sums, watch));
  findings.push(...(await verifyMetrics(folder, sums)));
  if (signal?.aborted === true) throw new CancelledError();
  findings.push(...(await verifyResults(folder, signal)));
  return { folder, run, findings };
}

export function isWhole({ findings }: Pick<Verification, 'findings'>): boolean {
  return !findings.some(isDamage);
}

async function verifyManifest(folder: string): Promise<{ run: Run | undefined; finding: Finding }> {
  const manifest = { part: 'manifest', file: 'run.json' } as const;
  try {
    const run = await openRun(folder);
    const finding: Finding =
      run.manifest.sum === undefined
        ? { ...manifest, verdict: 'notVouched', detail: OLDER, advice: ADVICE.seal }
        : { ...manifest, verdict: 'whole' };
    return { run, finding };
  } catch (error) {
    if (!isReportedError(error)) throw error;
    const isThere = (await stat(runPaths(folder).manifest).catch(() => undefined)) !== undefined;
    const { summary, problem } = error;
    const finding: Finding = {
      ...manifest,
      verdict: isThere ? 'damaged' : 'missing',
      detail: [problem.place, summary].filter((part) => part !== undefined).join(': '),
      advice: problem.advice ?? ADVICE.restore,
    };
    return { run: undefined, finding };
  }
}

function verifySums(sums: Sums | NoSums): Finding[] {
  const file = { part: 'sums', file: 'sums.jsonl' } as const;
  if (sums === 'never kept') return [{ ...file, verdict: 'notVouched', detail: OLDER, advice: ADVICE.seal }];
  if (sums === 'missing') {
    const advice = `${ADVICE.restore} ${ADVICE.seal}`;
    return [{ ...file, verdict: 'missing', detail: 'nothing vouches for this run’s files without it', advice }];
  }
  if (sums.damaged.length === 0) return [{ ...file, verdict: 'whole' }];
  return sums.damaged.map((line) => ({
    ...file,
    verdict: 'damaged',
    place: `line ${line}`,
    detail: 'it is not as it was written',
    advice: `${ADVICE.restore} ${ADVICE.seal}`,
  }));
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
