/** Threads that read and decode pictures, as many as there are processor cores to use. */
import { allowedCores } from '../../../common/allocation';
import { findProgram } from '../../../common/programFile';
import { createPool } from '../../../common/threads/pool';
import type { PictureResult, PictureTask } from './tasks';

export const pool = createPool<PictureTask, PictureResult>({
  program: () => findProgram('pictures.js'),
  size: allowedCores(),
  doHere: async (task) => (await import('./tasks')).usePictures(task),
});
