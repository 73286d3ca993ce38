/**
 * Threads that do one kind of task each: started with the first task and ended when there has been none for a while. Where
 * there can be none, tasks are done here, later and with the same results.
 */
import { Worker } from 'node:worker_threads';
import { CancelledError } from '../errors';

export interface ThreadTask<Task> {
  readonly id: number;
  readonly task: Task;
}

export type ThreadAnswer<Result> = { readonly id: number } & (
  { readonly result: Result } | { readonly failure: string }
);

interface Job<Task, Result> {
  readonly task: Task;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (result: Result | Promise<Result>) => void;
  readonly reject: (error: unknown) => void;
}

export interface PoolOptions<Task, Result> {
  /** The file of the threads' program, which calls `serveTasks`; undefined where there is none. */
  readonly program: () => string | undefined;
  /** How many threads there are at most. */
  readonly size: number;
  /** Does a task where there are no threads. */
  readonly doHere: (task: Task) => Promise<Result>;
}

export interface Pool<Task, Result> {
  readonly size: number;
  /** @throws CancelledError where the signal is raised before a thread has begun */
  run(task: Task, signal?: AbortSignal): Promise<Result>;
}

const IDLE_MILLISECONDS = 10_000;

export function createPool<Task, Result>(options: PoolOptions<Task, Result>): Pool<Task, Result> {
  const { program, size } = options;
  const queue: Job<Task, Result>[] = [];
  const threads = new Map<Worker, { id: number; job: Job<Task, Result> } | undefined>();
  let broken = false;
  let lastId = 0;
  let idle: NodeJS.Timeout | undefined;

  function start(file: string): void {
    const thread = new Worker(file, { execArgv: [] });
    threads.set(thread, undefined);
    thread.on('message', (answer: ThreadAnswer<Result>) => {
      const current = threads.get(thread);
      threads.set(thread, undefined);
      if (current?.id === answer.id) {
        if ('result' in answer) current.job.resolve(answer.result);
        else current.job.reject(new Error(answer.failure));
      }
      dispatch();
    });
    const fail = (): void => {
      const current = threads.get(thread);
      if (!threads.delete(thread)) return;
      // What it had to do is done here, and so is all that comes.
      broken = true;
      if (current !== undefined) doHere(current.job);
      dispatch();
    };
    thread.on('error', fail);
    thread.on('exit', fail);
  }

  function doHere({ task, resolve }: Job<Task, Result>): void {
    resolve(options.doHere(task));
  }

  function dispatch(): void {
    clearTimeout(idle);
    while (queue.length > 0 && queue[0]?.signal?.aborted === true) queue.shift()?.reject(new CancelledError());
    const file = broken ? undefined : program();
    if (file === undefined) {
      for (const job of queue.splice(0)) doHere(job);
      return;
    }
    if (queue.length > 0 && threads.size < size && ![...threads.values()].includes(undefined)) {
      try {
        start(file);
      } catch {
        broken = threads.size === 0;
      }
    }
    for (const [thread, current] of threads) {
      if (current !== undefined) continue;
      const job = next();
      if (job === undefined) break;
      const id = ++lastId;
      threads.set(thread, { id, job });
      thread.ref();
      thread.postMessage({ id, task: job.task } satisfies ThreadTask<Task>);
      if (queue.length > 0 && threads.size < size) {
        dispatch();
        return;
      }
    }
    for (const [thread, current] of threads) if (current === undefined) thread.unref();
    if (![...threads.values()].some((current) => current !== undefined))
      idle = setTimeout(end, IDLE_MILLISECONDS).unref();
  }

  /** The oldest that is still wanted. */
  function next(): Job<Task, Result> | undefined {
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
      if (job.signal?.aborted !== true) return job;
      job.reject(new CancelledError());
    }
    return undefined;
  }

  function end(): void {
    const ended = [...threads.keys()];
    threads.clear();
    for (const thread of ended) void thread.terminate();
  }

  return {
    size,
    run(task, signal) {
      return new Promise<Result>((resolve, reject) => {
        queue.push({ task, signal, resolve, reject });
        dispatch();
      });
    },
  };
}
