/** A thread that reads and decodes pictures: `pictures.js`. */
import { serveTasks } from '../../../common/threads/serve';
import { usePictures } from './tasks';

serveTasks('pictures.js', usePictures);
