/** The commands of this room, which are loaded with the first of them. */
export { clearCachesCommand } from './clearCaches';
export { keepEpochsCommand } from './keepEpochs';
export { packRunCommand, unpackRunCommand } from './packRun';
export { verifyRunCommand } from './verifyRun';
