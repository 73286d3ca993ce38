/** The commands of this room, which are loaded with the first of them. */
export { exportWeightsCommand } from './exportWeights';
export { importCheckpointsCommand } from './importCheckpoints';
export { writeTensorboardCommand } from './writeTensorboard';
