/**
 * When a process started, as a text that no other process of the same id has, whatever the wall clock said then or says
 * now. Compared for equality alone.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { errorCode } from './reasons';

/** 'unknown': a process of that id runs, and the system does not say since when. */
export type ProcessState =
  { readonly state: 'running'; readonly start: string } | { readonly state: 'gone' } | { readonly state: 'unknown' };

const GONE: ProcessState = { state: 'gone' };
const UNKNOWN: ProcessState = { state: 'unknown' };

/** Whether a process of that id is on this machine, ours or somebody else's; one that waits to be reaped is, too. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** What runs under that id on this machine. Takes 0.1 ms on Linux; elsewhere a program is asked now and then. */
export function processState(pid: number): ProcessState {
  if (!isProcessAlive(pid)) return GONE;
  if (process.platform === 'linux') return linuxState(pid);
  return chosenState(pid);
}

/** The boot and the process namespace that a process id of this process's is meant in: Linux alone has both. */
export interface Kernel {
  readonly boot: string;
  readonly namespace: string;
}

/** Undefined on other systems than Linux. */
export const ownKernel: Kernel | undefined = process.platform === 'linux' ? readKernel() : undefined;

function readKernel(): Kernel {
  const namespace = textOf(() => readlinkSync('/proc/self/ns/pid')).replace(/\D/g, '');
  return { boot: textOf(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')), namespace };
}

function textOf(read: () => string): string {
  try {
    return read().trim();
  } catch {
    return '';
  }
}

const LINUX_START = /^linux ([^ ]*) (\d*) \d+$/;

/** The kernel under which a start was written down; undefined where it was on another system. */
export function kernelOf(start: string | undefined): Kernel | undefined {
  const [, boot, namespace] = LINUX_START.exec(start ?? '') ?? [];
  return boot === undefined || namespace === undefined ? undefined : { boot, namespace };
}

/** proc_pid_stat(5): the name in parentheses may hold anything, so that fields are counted after the last of them. */
const STATE_FIELD = 3 - 3;
const START_FIELD = 22 - 3;
/** A process that has ended and waits for its parent, and one that is being taken down. */
const DEAD_STATES = ['Z', 'X', 'x'];

function linuxState(pid: number): ProcessState {
  const text = textOf(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  // Mounted with hidepid, /proc shows one's own processes alone.
  if (text === '') return isProcessAlive(pid) ? UNKNOWN : GONE;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  if (DEAD_STATES.includes(fields[STATE_FIELD] ?? '')) return GONE;
  const { boot, namespace } = ownKernel ?? { boot: '', namespace: '' };
  return { state: 'running', start: `linux ${boot} ${namespace} ${fields[START_FIELD] ?? ''}` };
}

/** Starting PowerShell takes half a second, `ps` some milliseconds: too long for a look every second. */
const ASKED_AGAIN_MILLISECONDS = process.platform === 'win32' ? 600_000 : 5_000;
const asked = new Map<number, { readonly answer: ProcessState; readonly until: number }>();

function chosenState(pid: number): ProcessState {
  const now = performance.now();
  const known = asked.get(pid);
  if (known !== undefined && now < known.until) return known.answer;
  for (const [other, { until }] of asked) if (now >= until) asked.delete(other);
  const answer = process.platform === 'win32' ? windowsState(pid) : unixState(pid);
  asked.set(pid, { answer, until: now + ASKED_AGAIN_MILLISECONDS });
  return answer;
}

/** macOS and the BSDs. The time is printed as the locale and the time zone have it, so both are given. */
function unixState(pid: number): ProcessState {
  const text = answerOf('ps', ['-o', 'state=', '-o', 'lstart=', '-p', `${pid}`]);
  const [, state = '', start] = /^(\S+)\s+(.+)$/.exec(text) ?? [];
  if (state.startsWith('Z')) return GONE;
  return start === undefined ? UNKNOWN : { state: 'running', start: `ps ${start.replace(/\s+/g, ' ')}` };
}

function windowsState(pid: number): ProcessState {
  const command = `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`;
  const text = answerOf('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', command]);
  return /^\d+$/.test(text) ? { state: 'running', start: `windows ${text}` } : UNKNOWN;
}

function answerOf(program: string, words: readonly string[]): string {
  const { stdout } = spawnSync(program, words, {
    encoding: 'utf8',
    timeout: 5000,
    windowsHide: true,
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  // Null where the program could not be started, whatever its type says.
  return ((stdout as string | null) ?? '').trim();
}
