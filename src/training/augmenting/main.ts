/** A thread that augments training images while the engine computes: `augment.js`. */
import { serveTasks } from '../../common/threads/serve';
import { augmentTask } from './task';

serveTasks('augment.js', augmentTask);
