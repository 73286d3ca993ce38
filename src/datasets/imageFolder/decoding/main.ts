/** A thread that reads and decodes pictures: `pictures.js`. */
import { parentPort } from 'node:worker_threads';
import { messageOf } from '../../../common/errors';
import type { ThreadAnswer, ThreadTask } from './pool';
import { usePictures } from './tasks';

const port = parentPort;
if (port === null) throw new Error('pictures.js is a thread of another program, not a program');

port.on('message', ({ id, task }: ThreadTask) => {
  usePictures(task).then(
    (result) => {
      port.postMessage({ id, result } satisfies ThreadAnswer, [result.pixels.buffer, result.hashes.buffer]);
    },
    (error: unknown) => {
      port.postMessage({ id, failure: messageOf(error) } satisfies ThreadAnswer);
    },
  );
});
