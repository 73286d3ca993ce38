/** One of those that are measured: a process that is started when it is asked for the first time. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Answer, Greeting, Request, Work } from './protocol';

/** How a process is started, and what it can do. */
export interface SidePlan {
  /** "tensorflow", "wasm" or "PyTorch". */
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly works: readonly Work[];
}

export interface Side extends SidePlan {
  /** Starts it if need be. */
  greet(): Promise<Greeting>;
  /** A failure when it fails, dies or takes too long; then the next request starts it anew. */
  ask(request: Request): Promise<Answer>;
  close(): void;
}

const START_LIMIT_SECONDS = 120;
const ANSWER_LIMIT_SECONDS = 120;

export function createSide(plan: SidePlan): Side {
  let running: { process: Connection; greeting: Greeting } | undefined;

  async function start(): Promise<{ process: Connection; greeting: Greeting }> {
    const process = connect(plan);
    const greeting = await process.next<Greeting>(START_LIMIT_SECONDS);
    return { process, greeting };
  }

  function close(): void {
    running?.process.kill();
    running = undefined;
  }

  return {
    ...plan,
    async greet() {
      running ??= await start();
      return running.greeting;
    },
    async ask(request) {
      running ??= await start();
      if ('failure' in running.greeting) return running.greeting;
      running.process.send(request);
      const answer = await running.process.next<Answer>(ANSWER_LIMIT_SECONDS);
      if ('failure' in answer) close();
      return answer;
    },
    close,
  };
}

interface Failure {
  readonly failure: string;
}

interface Connection {
  send(message: unknown): void;
  /** The next line that is a document; a failure when the process ends or the time is up, and then it is killed. */
  next<T>(limitSeconds: number): Promise<T | Failure>;
  kill(): void;
}

function connect({ program, args }: SidePlan): Connection {
  const child = spawn(program, args, { stdio: 'pipe' });
  const complaints = lastWords(child);
  const end = new Promise<Failure>((resolve) => {
    child.on('error', (error) => resolve({ failure: error.message }));
    child.on('close', (code, signal) => {
      const how = signal === null ? `exit code ${String(code)}` : `signal ${signal}`;
      resolve({ failure: ['the process ended', how, complaints()].filter(Boolean).join(': ') });
    });
  });
  const answers = documents(child);
  // A process that has died cannot be written to, which `end` tells better.
  child.stdin.on('error', () => undefined);
  return {
    send: (message) => child.stdin.write(`${JSON.stringify(message)}\n`),
    async next<T>(limitSeconds: number): Promise<T | Failure> {
      let timer: NodeJS.Timeout | undefined;
      const limit = new Promise<Failure>((resolve) => {
        timer = setTimeout(() => {
          child.kill('SIGKILL');
          resolve({ failure: `no answer within ${limitSeconds} s` });
        }, limitSeconds * 1000);
      });
      const answer = (async (): Promise<T | Failure> => {
        const { done, value } = await answers.next();
        return done === true ? end : (value as T);
      })();
      const result = await Promise.race([answer, end, limit]);
      clearTimeout(timer);
      return result;
    },
    kill: () => child.kill('SIGKILL'),
  };
}

/** Lines that are no documents are a library's chatter. */
async function* documents({ stdout }: ChildProcessWithoutNullStreams): AsyncGenerator<unknown, undefined> {
  for await (const line of createInterface({ input: stdout })) {
    if (line.startsWith('{')) yield JSON.parse(line);
  }
}

function lastWords({ stderr }: ChildProcessWithoutNullStreams): () => string {
  let text = '';
  stderr.setEncoding('utf8').on('data', (part: string) => (text = (text + part).slice(-2000)));
  return () => text.trim().split('\n').slice(-1).join('');
}
