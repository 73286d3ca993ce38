/** The thread beside the one that computes: `worker.js`. Does jobs one after another, in the order they come. */
import { parentPort } from 'node:worker_threads';
import { yieldToEvents } from '../../common/yieldToEvents';
import { JOBS } from './jobs';
import { failureOf, ownMemory, type AnswerMessage, type JobMessage, type ToBackground } from './messages';

const port = parentPort;
if (port === null) throw new Error('worker.js is a thread of the engine, not a program');

const wanted = new Set<number>();
let last: Promise<void> = Promise.resolve();

port.on('message', (message: ToBackground) => {
  if ('cancel' in message) {
    wanted.delete(message.cancel);
    return;
  }
  wanted.add(message.id);
  last = last.then(() => perform(message));
});

async function perform({ id, name, params }: JobMessage): Promise<void> {
  // What was cancelled while another job kept the thread is heard of now.
  await yieldToEvents();
  if (!wanted.delete(id)) return;
  try {
    const result = await (JOBS[name] as (given: unknown) => object | Promise<object>)(params);
    port?.postMessage({ id, result } satisfies AnswerMessage, ownMemory(result));
  } catch (error) {
    port?.postMessage({ id, failure: failureOf(error) } satisfies AnswerMessage);
  }
}
