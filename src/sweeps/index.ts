/** A sweep's files and how far it is, for whoever runs it and whoever watches it. */
export { changeQueue, readQueue, type QueueChange } from './changeQueue';
export { claimCell, type Claim } from './claimCell';
export { emptyQueue, type QueueFile } from './queueFile';
export { readOutcomes, testsKey, writeOutcome, type Outcome, type Outcomes } from './outcomesFile';
export { readRunner, writeRunner, type RunnerFile } from './runnerFile';
export { runsOfCells, type RunOfCell } from './runsOfCells';
export { sweepFolder, sweepPaths } from './sweepPaths';
export { readSweepState, stateOf, type CellProgress, type CellState, type Runner, type SweepState } from './sweepState';
export { cellSeconds, epochSeconds } from './times';
