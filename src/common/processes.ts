/** Which process something belongs to, and whether that one still runs: its id alone may be another's by now. */
import { hostname } from 'node:os';
import { kernelOf, ownKernel, processState } from './processStart';
import { isBegunAnew, slurmTaskOf, type SlurmTask } from './slurmTask';

export { isProcessAlive } from './processStart';

export interface ProcessIdentity {
  readonly pid: number;
  /** The machine's name. */
  readonly host: string;
  /** When it started: see `processStart`. Absent where that was not known, or an older program wrote it down. */
  readonly processStart?: string;
  /** Of a process in a task of Slurm's. */
  readonly slurm?: SlurmTask;
}

/** 'unknown': on another machine, or there is a process of that id of which nothing says whether it is the one. */
export type ProcessFate = 'running' | 'gone' | 'unknown';

/** The start of a process of this machine, as `ProcessIdentity` has it. */
export function processStart(pid: number): string | undefined {
  const found = processState(pid);
  return found.state === 'running' ? found.start : undefined;
}

let own: ProcessIdentity | undefined;

/** To be written into what this process holds. */
export function ownIdentity(): ProcessIdentity {
  if (own === undefined) {
    const slurm = slurmTaskOf(process.env);
    own = { ...identityOf(process.pid), ...(slurm && { slurm }) };
  }
  return own;
}

/** Of a process of this machine. */
export function identityOf(pid: number): ProcessIdentity {
  const start = processStart(pid);
  return { pid, host: hostname(), ...(start === undefined ? {} : { processStart: start }) };
}

/**
 * Suspended processes run, too; those that have ended and wait for their parents do not. Another machine's is gone where it
 * was of the Slurm task that this one is, before that was begun anew.
 */
export function processFate({ pid, host, processStart: start, slurm }: ProcessIdentity): ProcessFate {
  const place = placeOf(host, start);
  if (place === 'unknown' && isBegunAnew(ownIdentity().slurm, slurm)) return 'gone';
  return place === 'here' ? fateHere(pid, (found) => found === start, start !== undefined) : place;
}

/** @param isIts whether a start is that of the process that is asked for @param isKnown whether that start is known */
export function fateHere(pid: number, isIts: (start: string) => boolean, isKnown: boolean): ProcessFate {
  const found = processState(pid);
  if (found.state !== 'running') return found.state;
  if (!isKnown) return 'unknown';
  return isIts(found.start) ? 'running' : 'gone';
}

/**
 * Whether a process id is meant on this machine. Containers of one kernel are machines of their own, also where they have
 * one name; the same name and another boot is this machine before it was restarted.
 */
function placeOf(host: string, start: string | undefined): 'here' | 'gone' | 'unknown' {
  const kernel = kernelOf(start);
  if (host !== hostname()) return 'unknown';
  if (kernel === undefined || ownKernel === undefined) return 'here';
  if (kernel.boot !== ownKernel.boot) return 'gone';
  return kernel.namespace === ownKernel.namespace ? 'here' : 'unknown';
}
