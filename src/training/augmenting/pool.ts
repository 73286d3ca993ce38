/**
 * The thread in which expensive augmentations are made: an operation of the native engine keeps its thread for as long as it
 * takes, and with it everything that is to be read ahead. One keeps up with the engine, and leaves it the other cores.
 */
import { findProgram } from '../../common/programFile';
import { createPool } from '../../common/threads/pool';
import { augmentTask, type AugmentationResult, type AugmentationTask } from './task';

export const augmenting = createPool<AugmentationTask, AugmentationResult>({
  program: () => findProgram('augment.js'),
  size: 1,
  doHere: augmentTask,
});
