/** What a training keeps of an epoch, written in an order that a kill at any moment leaves sound. */
import { join } from 'node:path';
import { writeFileAtomically } from '../../common/atomic';
import { makeFolder } from '../../common/folders';
import { appendMetrics, metricsLine, type EpochMetrics } from '../metrics/metrics';
import { dropOlderOptimizerStates, optimizerStateFile } from './optimizerState';
import { dropStopped } from './stopped';
import { checkpointFile, runPaths } from '../paths';
import { appendSums, sha256, type SumRow } from '../sums/sums';

export interface EpochFiles {
  readonly epoch: number;
  /** Safetensors. */
  readonly checkpoint: Uint8Array;
  /** Safetensors; undefined of a run that cannot be gone on with. */
  readonly optimizerState: Uint8Array | undefined;
  /** Undefined where nothing is known of them. */
  readonly metrics: EpochMetrics | undefined;
}

/**
 * Sums first, then the optimiser state, the checkpoint and the metrics line: an epoch counts once its line is there, and
 * by then all else is. @throws WorkError
 */
export async function writeEpoch(
  folder: string,
  { epoch, checkpoint, optimizerState, metrics }: EpochFiles,
): Promise<void> {
  const files = [
    ...(optimizerState === undefined ? [] : [{ file: optimizerStateFile(epoch), bytes: optimizerState }]),
    { file: checkpointFile(epoch), bytes: checkpoint },
  ];
  const line = metrics && metricsLine(metrics);
  const rows = files.map(({ file, bytes }): SumRow => ({ file, sha256: sha256(bytes) }));
  await appendSums(folder, line === undefined ? rows : [...rows, line.row], epoch);
  const { checkpoints, resume } = runPaths(folder);
  // A copy of a run may lack what was empty, or was not thought to matter.
  for (const part of [checkpoints, resume]) await makeFolder(part);
  for (const { file, bytes } of files) await writeFileAtomically(join(folder, file), bytes);
  if (line !== undefined) await appendMetrics(folder, line.line);
  await dropOlderOptimizerStates(folder);
  await dropStopped(folder, epoch);
}
