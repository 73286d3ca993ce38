/** What a program of a pool's threads does. */
import { parentPort } from 'node:worker_threads';
import { messageOf } from '../errors';
import type { ThreadAnswer, ThreadTask } from './pool';

/** Answers every task of the pool, and gives the arrays of its result away without copying them. @param name of the program */
export function serveTasks<Task, Result extends object>(name: string, perform: (task: Task) => Promise<Result>): void {
  const port = parentPort;
  if (port === null) throw new Error(`${name} is a thread of another program, not a program`);
  port.on('message', ({ id, task }: ThreadTask<Task>) => {
    perform(task).then(
      (result) => {
        const buffers = Object.values(result).flatMap((value: unknown) =>
          ArrayBuffer.isView(value) ? [value.buffer as ArrayBuffer] : [],
        );
        port.postMessage({ id, result } satisfies ThreadAnswer<Result>, buffers);
      },
      (error: unknown) => {
        port.postMessage({ id, failure: messageOf(error) } satisfies ThreadAnswer<Result>);
      },
    );
  });
}
