/** How far a task has come, so that one whose time is too short for a single step does not go on for ever. */
import { readdir } from 'node:fs/promises';
import { twiceTheTime, type JobFile } from '../../cluster';
import { counted } from '../../common/counted';
import { readStatus, runPaths } from '../../runs';
import { runsOfCells } from '../../sweeps';
import type { Turn } from './turn';

/** Of a cell its run's folder, epoch, step and number of results; of a share undefined, which keeps its own. */
export async function gainedBy({ job, index }: Pick<Turn, 'job' | 'index'>): Promise<string | undefined> {
  if (job.kind !== 'cells') return undefined;
  const own = (await runsOfCells(job.studyFile)).get(job.tasks[index] ?? '');
  if (own === undefined) return 'nothing';
  const { folder } = own.run;
  const [status, results] = await Promise.all([
    readStatus(folder),
    readdir(runPaths(folder).results, { recursive: true }).catch((): string[] => []),
  ]);
  return [status?.epoch ?? 0, status?.stopped?.step ?? status?.step ?? 0, results.length].join(' ');
}

/** Of a task that may not be begun anew any more. */
export function tooOften(times: number, job: Pick<JobFile, 'time'>): string {
  const begun =
    times === 0 ? 'its turn was over, and it may have no other' : `it was begun ${counted(times, 'time')} anew`;
  return tooLittleGained(begun, job);
}

/** What a person can do about it. */
export function tooLittleGained(what: string, { time }: Pick<JobFile, 'time'>): string {
  return `It is given up: ${what}; a turn is ${time === null ? 'as long as the cluster allows' : time}. Retry with a longer turn${time === null ? ' by --time' : `, such as --time ${twiceTheTime(time)}`}, or more turns by --requeues.`;
}
