/** The run folder: the one contract between a training process and everyone who watches it. */
export { runPaths, type RunPaths } from './paths';
export { writeManifest, type DataFile, type ImportedFile, type RunManifest, type StoredManifest } from './manifest';
export { untrainedEpoch, weightsAt } from './untrained';
export {
  checkpointCell,
  checkpointHead,
  checkpointName,
  checkpointNumber,
  checkpointTitle,
  epochSourceText,
  isEpoch,
} from './checkpointText';
export * from './imported';
export { memoryText, microBatchText, type MicroBatch } from './microBatch';
export { createRun, newRunFolder, type NewRun } from './create';
export { openRun, type Run } from './open';
export { findRunFolders, foldersOf, studyFolderOf } from './find';
export { listRuns, newerProblems, newestRunOf, newestRunsOf, runsOfStudy, type RunEntry } from './list';
export { otherSettingsText } from './madeBy';
export { isStudyArgument, lostRunsAdvice, resolveRuns } from './resolve';
export { isGone, likenessOf, lostRunsFor, mayBeOf } from './lost';
export { adoptRun, apartText, bringToStudy, dataElsewhere, type Adoption } from './adopt';
export { studyReportPath } from './reportPath';
export { effectiveState, readStatus, writeStatus, type EffectiveState, type RunStatus } from './status';
export { type EpochMetrics, UNMEASURED } from './metrics';
export {
  dropMetricsAfter,
  metricsWarnings,
  readMetrics,
  readMetricsFile,
  type DamagedMetrics,
  type MetricsFile,
} from './metricsFile';
export { optimizerStateEpochs, optimizerStateFile } from './optimizerState';
export { readSums, type Sums } from './sums';
export { assertVouched, voucherOf, type Voucher } from './voucher';
export { voucherBeside } from './besideSums';
export { damageWarnings, runWarnings } from './warnings';
export { writeEpoch, type EpochFiles } from './writeEpoch';
export {
  checkpointFile,
  checkpointPath,
  listCheckpointFiles,
  listCheckpoints,
  rangesText,
  selectCheckpoints,
  vouched,
  type Checkpoint,
  type VouchedCheckpoint,
} from './checkpoints';
export {
  loadBinaryResult,
  loadNamedResult,
  loadResult,
  readKeptResult,
  resultName,
  storeBinaryResult,
  storeResult,
  type KeptResult,
} from './results';
export type { AboutResult } from './binaryResult';
export { announceTraining, readStarting, type Announcement, type Starting } from './starting';
export { liveTrainings, type LiveTraining } from './live';
export { removeEmptyFolders } from './folders';
export { lockRun, type LockPurpose, type RunLock } from './lock';
export { runHolder, type Holder } from './holder';
export { isRunName, removeDeadStagings, stagingFolder } from './staging';
export { appendLog } from './log';
export { isProcessAlive } from '../common/processes';
export {
  checkDataFiles,
  hashFile,
  importedFilesNow,
  isDamage,
  isWhole,
  listResults,
  namedRunFolders,
  sealRun,
  STATUS_NOTE,
  verifyRun,
  type Finding,
  type Part,
  type Sealed,
  type Verdict,
  type Verification,
} from './verify';
export { dropUnkept, keepRuleOf, parseKeepRule, planPrune, pruneRun, type KeepRule, type PrunePlan } from './keeping';
export { usersOf, useUntilExit, whileUsing, type RunUser } from './uses';
export { clearResults, folderBytes, resultsLimit, runSize, trimResults, type Freed, type RunSize } from './space';
export { bestEpoch } from './keeping';
