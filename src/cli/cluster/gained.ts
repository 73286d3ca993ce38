/** How far a task has come, so that one whose time is too short for a single step does not go on for ever. */
import { readdir } from 'node:fs/promises';
import { twiceTheTime, type JobFile } from '../../cluster';
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

/** What a person can do about it. */
export function tooLittleGained(what: string, { time }: Pick<JobFile, 'time'>): string {
  return `It is given up: ${what}, each time for ${time === null ? 'as long as the cluster allows' : time}. Retry with a longer turn${time === null ? ' by --time' : `, such as --time ${twiceTheTime(time)}`}, or more turns by --requeues.`;
}
