/** What a retry asks of the cluster: what the cells' job was asked for, but for what is given anew. */
import {
  readJobs,
  twiceTheMemory,
  twiceTheTime,
  type AskedOfCluster,
  type JobFile,
  type TaskState,
} from '../../cluster';
import { counted } from '../../common/counted';
import { shellWord } from '../../common/shellWord';
import type { EngineChoice } from '../../engine/engine';
import type { CellProgress, SweepState } from '../../sweeps';
import type { Output } from '../printing/output';
import type { ClusterOptions } from './options';

const NAMES = ['partition', 'account', 'time', 'memory', 'cpus', 'limit', 'requeues', 'nodeLocal'] as const;

/** Of the options those that a job keeps. */
export function askedOf(options: ClusterOptions): AskedOfCluster {
  return Object.fromEntries(NAMES.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])));
}

/**
 * By the newest job of these cells: of the host that is named, else of whichever, which is then where they go again. Says
 * what is asked for again, and what to give where time or memory did not suffice.
 */
export async function asBefore<Given extends ClusterOptions & { readonly engine?: EngineChoice }>(
  options: Given,
  { folder }: Pick<SweepState, 'folder'>,
  planned: readonly CellProgress[],
  output: Pick<Output, 'log'>,
): Promise<{ readonly options: Given; readonly engine: JobFile['engine'] | undefined }> {
  const folders = new Set(planned.map(({ task }) => task?.job));
  const jobs = (await readJobs(folder)).filter(
    (each) => folders.has(each.folder) && (options.host === undefined || each.job.host === options.host),
  );
  const job = jobs.at(-1)?.job;
  if (job === undefined) return { options, engine: undefined };
  const before: ClusterOptions = { ...(job.host !== null && { host: job.host }), ...job.asked };
  const kept = Object.fromEntries(
    Object.entries(before).filter(([name]) => options[name as keyof ClusterOptions] === undefined),
  );
  const engine = options.engine === undefined ? { engine: job.engine } : {};
  if (Object.keys({ ...engine, ...kept }).length > 0)
    output.log(`As job ${job.id ?? job.name} was: ${wordsOf({ ...kept, ...engine })}`);
  const ran = (state: TaskState): number => planned.filter(({ task }) => task?.state === state).length;
  const killed = planned.filter(({ task }) => task?.isKilled === true).length;
  sayWhatToGive(job, options, { timedOut: ran('timedOut'), outOfMemory: ran('outOfMemory'), killed }, output);
  return { options: { ...options, ...kept }, engine: job.engine };
}

/** Of what was given anew nothing is said. */
function sayWhatToGive(
  { time, memoryBytes }: JobFile,
  given: ClusterOptions,
  { timedOut, outOfMemory, killed }: Readonly<Record<'timedOut' | 'outOfMemory' | 'killed', number>>,
  output: Pick<Output, 'log'>,
): void {
  if (timedOut > 0 && given.time === undefined)
    output.log(
      `${counted(timedOut, 'cell')} ran out of time: where ${time ?? 'the cluster’s limit'} is too short, give ${time === null ? 'a longer --time' : `--time ${twiceTheTime(time)}`}.`,
    );
  if (given.memory !== undefined) return;
  const more = memoryBytes === null ? 'more by --memory' : `--memory ${twiceTheMemory(memoryBytes)}`;
  if (outOfMemory > 0)
    output.log(`${counted(outOfMemory, 'cell')} ran out of memory: give ${more}, or smaller batches.`);
  if (killed > 0)
    output.log(
      `${counted(killed, 'cell')} ${killed === 1 ? 'was' : 'were'} killed, perhaps for want of memory: if so, give ${more}, or smaller batches.`,
    );
}

const MEBIBYTE = 2 ** 20;

/** As a person types them. */
function wordsOf(options: object): string {
  const words = Object.entries(options).flatMap(([name, value]: [string, string | number]) => [
    `--${name.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`)}`,
    name === 'memory' && typeof value === 'number' ? `${String(Math.ceil(value / MEBIBYTE))}M` : String(value),
  ]);
  return words.map(shellWord).join(' ');
}
