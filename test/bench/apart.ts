/**
 * Measuring in a process of its own: what `bench.js --measure JOB ENGINE ROUNDS` is. A job is a function of the engine
 * that is running there; its result comes back as a JSON document, the last line of standard output.
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { WorkError } from '../../src/common/errors';
import type { EngineName } from '../../src/engine/engine';
import { ENGINES } from '../../src/engine/engines';
import { OPERATION_BY_OPERATION, useProgramRunner } from '../../src/engine/programs';
import { EAGER } from './engineProcess';

export interface Apart {
  readonly engine: EngineName;
  /** Operation by operation, without graphs. */
  readonly eager?: boolean;
  /** Passed to the job. */
  readonly argument: unknown;
}

/** The argument that makes a process of the bench one that measures. */
export const MEASURE = '--measure';

const MOST_OUTPUT_BYTES = 64 * 1024 * 1024;

/**
 * @param environment in addition to this process's
 * @returns everything that it wrote, a line each, the result's last
 * @throws WorkError when it fails
 */
export async function linesFromApart(
  job: string,
  { engine, eager = false, argument }: Apart,
  environment: NodeJS.ProcessEnv = {},
): Promise<string[]> {
  const program = fileURLToPath(import.meta.url);
  const args = [program, MEASURE, job, engine, eager ? EAGER : 'graphs', JSON.stringify(argument)];
  const options = { maxBuffer: MOST_OUTPUT_BYTES, env: { ...process.env, ...environment } };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, options);
    return stdout.trimEnd().split('\n');
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string };
    throw new WorkError('a measurement failed', {
      place: `${job} on ${engine}`,
      found: stderr.trim().split('\n').at(-1) || message,
    });
  }
}

export async function measureApart<R>(job: string, apart: Apart): Promise<R> {
  return JSON.parse((await linesFromApart(job, apart)).at(-1) as string) as R;
}

export type Job = (argument: never) => unknown;

/** In the process that measures. */
export async function measureHere(
  jobs: Readonly<Record<string, Job>>,
  [name = '', engine, way, argument = 'null']: readonly string[],
): Promise<void> {
  await ENGINES[engine as EngineName].launch();
  if (way === EAGER) useProgramRunner(OPERATION_BY_OPERATION);
  const result: unknown = await jobs[name]?.(JSON.parse(argument) as never);
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
