/** The run folder: the one contract between a training process and everyone who watches it. */
export { runPaths, type RunPaths } from './paths';
export { writeManifest, type DataFile, type RunManifest } from './manifest';
export { memoryText, microBatchText, type MicroBatch } from './microBatch';
export { createRun, newRunFolder, type NewRun } from './create';
export { openRun, type Run } from './open';
export { listRuns, newestRun, newestRunOf, newestRunsOf, type RunEntry } from './list';
export { resolveRun, resolveRuns } from './resolve';
export { effectiveState, readStatus, writeStatus, type EffectiveState, type RunStatus } from './status';
export {
  dropMetricsAfter,
  lostMetricsText,
  readMetrics,
  readMetricsFile,
  type EpochMetrics,
  type LostMetrics,
  type MetricsFile,
} from './metrics';
export { optimizerStateEpochs, optimizerStateFile } from './optimizerState';
export { assertVouched, readSums, voucherOf, type Sums, type Voucher } from './sums';
export { writeEpoch, type EpochFiles } from './writeEpoch';
export {
  checkpointFile,
  checkpointPath,
  listCheckpoints,
  rangesText,
  selectCheckpoints,
  vouched,
  type Checkpoint,
  type VouchedCheckpoint,
} from './checkpoints';
export { loadBinaryResult, loadNamedResult, loadResult, resultName, storeBinaryResult, storeResult } from './results';
export { removeEmptyFolders } from './folders';
export { lockRun, type RunLock } from './lock';
export { appendLog } from './log';
export { isProcessAlive } from '../common/processes';
