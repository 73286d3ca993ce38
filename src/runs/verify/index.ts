/** Checking, sealing: what a run's sums say of its files. */
export { isDamage, type Finding, type Part, type Verdict } from './finding';
export { isWhole, verifyRun, type Verification } from './verifyRun';
export { STATUS_NOTE } from './status';
export { importedFilesNow } from './imports';
export { sealRun, type Sealed } from './seal';
export { listResults } from './results';
export { hashFile } from './hashFile';
export { namedRunFolders } from './named';
