/** The commands of this room, which are loaded with the first of them. */
export { compareRuns } from './compare';
export { editNote } from './note';
export { pinRuns } from './pin';
export { restoreStudy, whatChanged } from './whatChanged';
export { renameRun } from './rename';
