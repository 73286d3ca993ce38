/** The run folder: the one contract between a training process and everyone who watches it. */
export { runPaths, type RunPaths } from './paths';
export type { RunManifest } from './manifest';
export { memoryText, microBatchText, type MicroBatch } from './microBatch';
export { createRun, newRunFolder, type NewRun } from './create';
export { openRun, type Run } from './open';
export { listRuns, newestRun, newestRunOf, newestRunsOf, type RunEntry } from './list';
export { resolveRun, resolveRuns } from './resolve';
export { effectiveState, readStatus, writeStatus, type EffectiveState, type RunStatus } from './status';
export { appendMetrics, dropMetricsAfter, readMetrics, type EpochMetrics } from './metrics';
export { checkpointPath, listCheckpoints, rangesText, selectCheckpoints, type Checkpoint } from './checkpoints';
export { loadBinaryResult, loadNamedResult, loadResult, resultName, storeBinaryResult, storeResult } from './results';
export { removeEmptyFolders } from './folders';
export { lockRun, type RunLock } from './lock';
export { appendLog } from './log';
export { isProcessAlive } from '../common/processes';
