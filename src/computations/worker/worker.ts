/**
 * Has jobs done in a thread beside this one, started with the first of them and ended when there has been none for a
 * while. Where there can be no such thread, or it dies, jobs are done here: later, and with the same results.
 */
import { Worker } from 'node:worker_threads';
import { CancelledError } from '../../common/errors';
import { findProgram } from '../../common/programFile';
import type { JobName, JobParams, JobResult } from './jobs';
import { errorOf, type AnswerMessage, type ToBackground } from './messages';

export interface Background {
  /** @throws what the job throws; CancelledError as soon as the signal is raised */
  run<N extends JobName>(name: N, params: JobParams<N>, signal?: AbortSignal): Promise<JobResult<N>>;
}

export interface BackgroundOptions {
  /** The file of the thread's program; undefined where there is none. */
  readonly program: () => string | undefined;
  readonly idleMilliseconds: number;
  /** Told once, why there is no thread. */
  readonly onWarning: (text: string) => void;
}

interface Job {
  readonly name: JobName;
  readonly params: object;
  readonly resolve: (result: object | Promise<object>) => void;
  readonly reject: (error: unknown) => void;
}

export function createBackground({ program, idleMilliseconds, onWarning }: BackgroundOptions): Background {
  const jobs = new Map<number, Job>();
  let worker: Worker | undefined;
  let broken = false;
  let lastId = 0;
  let idle: NodeJS.Timeout | undefined;

  function open(): Worker | undefined {
    if (worker !== undefined || broken) return worker;
    try {
      const file = program();
      if (file === undefined) throw new Error('its program is missing');
      const started = new Worker(file, { execArgv: [] });
      started.on('message', answered);
      started.on('error', (error) => {
        fail(started, error.message);
      });
      started.on('exit', (code) => {
        fail(started, `it ended with exit code ${code}`);
      });
      worker = started;
    } catch (error) {
      giveUp(error instanceof Error ? error.message : String(error));
    }
    return worker;
  }

  function giveUp(reason: string): void {
    broken = true;
    onWarning(`Data is prepared in the thread that computes, which is slower: there is no other (${reason}).`);
  }

  /** What it had to do is done here. */
  function fail(ended: Worker, reason: string): void {
    if (worker !== ended) return;
    worker = undefined;
    giveUp(reason);
    for (const { name, params, resolve } of jobs.values()) resolve(doHere(name, params));
    jobs.clear();
  }

  function answered(answer: AnswerMessage): void {
    const job = take(answer.id);
    if ('result' in answer) job?.resolve(answer.result);
    else job?.reject(errorOf(answer.failure));
  }

  function take(id: number): Job | undefined {
    const job = jobs.get(id);
    jobs.delete(id);
    if (jobs.size === 0 && worker !== undefined) leaveIdle(worker);
    return job;
  }

  /** It keeps the process alive no longer, and ends after a while. */
  function leaveIdle(thread: Worker): void {
    thread.unref();
    clearTimeout(idle);
    idle = setTimeout(() => {
      worker = undefined;
      void thread.terminate();
    }, idleMilliseconds).unref();
  }

  function doThere(thread: Worker, name: JobName, params: object, signal: AbortSignal | undefined): Promise<object> {
    const id = ++lastId;
    const post = (message: ToBackground): void => thread.postMessage(message);
    clearTimeout(idle);
    thread.ref();
    let cancel!: () => void;
    const result = new Promise<object>((resolve, reject) => {
      jobs.set(id, { name, params, resolve, reject });
      cancel = () => {
        if (take(id) === undefined) return;
        post({ cancel: id });
        reject(new CancelledError());
      };
    });
    signal?.addEventListener('abort', cancel, { once: true });
    post({ id, name, params });
    return result.finally(() => signal?.removeEventListener('abort', cancel));
  }

  return {
    async run<N extends JobName>(name: N, params: JobParams<N>, signal?: AbortSignal): Promise<JobResult<N>> {
      if (signal?.aborted === true) throw new CancelledError();
      const thread = open();
      const result = thread === undefined ? doHere(name, params) : doThere(thread, name, params, signal);
      return (await result) as JobResult<N>;
    },
  };
}

async function doHere(name: JobName, params: object): Promise<object> {
  const { JOBS } = await import('./jobs');
  return (JOBS[name] as (given: object) => object | Promise<object>)(params);
}

const OPTIONS: BackgroundOptions = {
  program: () => findProgram('worker.js'),
  idleMilliseconds: 10_000,
  onWarning: (text) => process.stderr.write(`${text}\n`),
};

/** What the engine waits for: data is read and drawn there. */
export const background = createBackground(OPTIONS);

/** What waits for the engine: its results are measured there, and hold up nothing that is to be drawn. */
export const measuring = createBackground(OPTIONS);
