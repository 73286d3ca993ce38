/** The run folder: the one contract between a training process and everyone who watches it. */
export { checkpointFile, checkpointPath, NETWORK_FILE, runPaths, STOPPED_FILE, type RunPaths } from './paths';
export { changeAbout, isRunLabel, isRunNote, LABEL_RULE, readAbout, type AboutFile, type RunAbout } from './about';
export { addLaterEngine, enginesOf, lastEngineOf } from './engineOfRun';
export {
  writeManifest,
  type DataFile,
  type EngineOfRun,
  type ImportedFile,
  type RunManifest,
  type StoredManifest,
} from './manifest';
export { untrainedEpoch, weightsAt } from './checkpoints/untrained';
export {
  checkpointCell,
  checkpointHead,
  checkpointName,
  checkpointNumber,
  checkpointTitle,
  epochSourceText,
  isEpoch,
} from './checkpoints/checkpointText';
export * from './imported';
export { memoryText, microBatchText, type MicroBatch } from './checkpoints/microBatch';
export { createRun, newRunFolder, type NewRun } from './create';
export { declarationOfRun } from './declared';
export { isRunFolder, openRun, type Run } from './open';
export { isTrainedHere } from './trainedHere';
export { currentStudy } from './currentStudy';
export { findRunFolders, folderForRuns, foldersOf, runsFolder, studyFolderOf } from './finding/find';
export { keepWholeOutOfGit } from './gitignore';
export { listRuns, newerProblems, newestRunOf, newestRunsOf, runsOfStudy, type RunEntry } from './finding/list';
export { differencesFrom, otherSettingsText } from './finding/otherSettings';
export { isStudyArgument, lostRunsAdvice, resolveRuns } from './finding/resolve';
export { isGone, likenessOf, lostRunsFor, mayBeOf } from './finding/lost';
export { adoptRun, apartText, bringToStudy, dataElsewhere, type Adoption } from './finding/adopt';
export { studyReportPath } from './reportPath';
export {
  effectiveState,
  isTrainingIn,
  readStatus,
  writeStatus,
  type EffectiveState,
  type RunStatus,
} from './status/status';
export { choosingAccuracies, type ChosenBy } from './metrics/choosing';
export { type EpochMetrics, UNMEASURED } from './metrics/metrics';
export { appendSteps, dropStepsAfter, readSteps, stepsPerLine, type StepLine } from './metrics/steps';
export {
  dropMetricsAfter,
  metricsWarnings,
  readMetrics,
  readMetricsFile,
  type DamagedMetrics,
  type MetricsFile,
} from './metrics/metricsFile';
export { optimizerStateEpochs, optimizerStateFile } from './checkpoints/optimizerState';
export { hasStopped, writeStopped } from './checkpoints/stopped';
export { readSums, type Sums } from './sums/sums';
export { assertVouched, voucherOf, type Voucher } from './sums/voucher';
export { voucherBeside } from './sums/besideSums';
export { damageWarnings, runWarnings } from './warnings';
export { writeEpoch, type EpochFiles } from './checkpoints/writeEpoch';
export {
  listCheckpointFiles,
  listCheckpoints,
  selectCheckpoints,
  vouched,
  type Checkpoint,
  type VouchedCheckpoint,
} from './checkpoints/checkpoints';
export { hasResults, readKeptResult, type KeptResult } from './results/results';
export type { AboutResult } from './results/binaryResult';
export * from './results/agreement';
export * from './results/attacks';
export * from './results/calibration';
export * from './results/drift';
export * from './results/faithfulness';
export * from './results/heatmaps';
export * from './results/logits';
export * from './results/localisation';
export * from './results/predictionMaps';
export * from './results/predictions';
export * from './results/robustness';
export * from './results/robustnessParts';
export * from './results/sanity';
export { openLedger, placeRows, readLedger, writeLedger, type Ledger, type LedgerRow } from './results/ledger';
export { announceTraining, readStarting, type Announcement, type Starting } from './status/starting';
export { dropUnbegun, unbegunRun } from './status/unbegun';
export { liveTrainings, type LiveTraining } from './status/live';
export { removeEmptyFolders } from './finding/folders';
export { lockRun, type LockPurpose, type RunLock } from './locks/lock';
export { runHolder, type Holder } from './locks/holder';
export { isRunName, removeDeadStagings, stagingFolder } from './staging';
export { appendLog } from './status/log';
export { isProcessAlive } from '../common/processes';
export { isDamage, type Finding, type Part, type Verdict } from './verify/finding';
export { isWhole, verifyRun, type Verification } from './verify/verifyRun';
export { STATUS_NOTE } from './verify/status';
export { importedFilesNow } from './verify/imports';
export { sealRun, type Sealed } from './verify/seal';
export { listResults } from './verify/results';
export { namedRunFolders } from './verify/named';
export { bestEpoch, keepRuleOf, parseKeepRule, type KeepRule } from './keeping/rule';
export { dropUnkept, planPrune, pruneRun, type PrunePlan } from './keeping/prune';
export { usersOf, useUntilExit, whileUsing, type RunUser } from './locks/uses';
export { folderBytes, runSize, type RunSize } from './space/size';
export { clearResults, leaveResults, resultsBytes, resultsLimit, trimResults, type Freed } from './space/results';
export * from './results/localisation';
export { readFacts } from './facts/readFacts';
export { recipeSettings } from './facts/settings';
export { readManyFacts, type ManyFacts, type ReadingFacts } from './facts/many';
export { gitStateOf, gitText, type GitState } from './git';
