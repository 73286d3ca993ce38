/** Slurm's own programs, on this machine or on a login node. */
import { spawn } from 'node:child_process';
import { InputError, WorkError } from '../common/errors';
import { errorCode } from '../common/reasons';
import { shellWord } from '../common/shellWord';
import { hiddenFrom } from './hiddenVariables';

export type SlurmProgram = 'sbatch' | 'squeue' | 'scancel' | 'scontrol' | 'sacct' | 'sinfo';

export interface SlurmOptions {
  /** Given to its standard input. */
  readonly input?: string;
  readonly timeoutMilliseconds?: number;
  /** Variables that it is not to see, wherever it runs. */
  readonly without?: readonly string[];
}

const TIMEOUT_MILLISECONDS = 60_000;

/** There is no such program, or no ssh: nothing was begun. */
export class AbsentError extends InputError {}

/** The program said why it does not do it, and ended with exit code 1. */
export class RefusedError extends WorkError {}

/**
 * What one of Slurm's programs prints.
 * @param host the destination for ssh; null: this machine
 * @throws AbsentError where there is no such program; InputError where the host does not answer, perhaps in the middle of
 * it; RefusedError with Slurm's own words; WorkError where it does not answer in time, or ends without a word
 */
export async function slurmCommand(
  host: string | null,
  program: SlurmProgram,
  args: readonly string[],
  asked: SlurmOptions = {},
): Promise<string> {
  const options = { ...asked, without: [...hiddenFrom(program), ...(asked.without ?? [])] };
  if (host === null) return printed(await run([program, ...args], options), { host, program, options });
  return remoteCommand(host, [program, ...args], options);
}

/** The same of any program, by ssh. */
export async function remoteCommand(
  host: string,
  words: readonly string[],
  options: SlurmOptions = {},
): Promise<string> {
  return printed(await run(sshWords(host, words, options.without), options), {
    host,
    program: words[0] ?? '',
    options,
  });
}

/** @param without see `SlurmOptions` @throws InputError where ssh would take the host for one of its options */
export function sshWords(host: string, words: readonly string[], without: readonly string[] = []): string[] {
  if (!/^[^\s-]\S*$/.test(host))
    throw new InputError('this is no host', { found: host, expected: 'a destination for ssh, such as user@login' });
  const command = `${without.length === 0 ? '' : `unset ${without.join(' ')}; `}${words.map(shellWord).join(' ')}`;
  // A shell that nobody has logged in to has not read where the cluster keeps Slurm.
  const found = `command -v ${shellWord(words[0] ?? '')} >/dev/null 2>&1 || . /etc/profile >/dev/null 2>&1; ${command}`;
  return ['ssh', '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=10', host, `sh -c ${shellWord(found)}`];
}

interface Ended {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly isLate: boolean;
  /** There is no such program on this machine, or none that may be run. */
  readonly isAbsent: boolean;
}

function run(
  [program = '', ...args]: readonly string[],
  { input, timeoutMilliseconds, without = [] }: SlurmOptions,
): Promise<Ended> {
  return new Promise((settle, fail) => {
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !without.includes(name)));
    const child = spawn(program, args, { env, stdio: 'pipe', windowsHide: true });
    const said = { stdout: '', stderr: '' };
    let isLate = false;
    const late = setTimeout(() => {
      isLate = true;
      child.kill('SIGKILL');
    }, timeoutMilliseconds ?? TIMEOUT_MILLISECONDS);
    for (const name of ['stdout', 'stderr'] as const)
      child[name].setEncoding('utf8').on('data', (text: string) => (said[name] += text));
    child.on('error', (error) => {
      clearTimeout(late);
      if (['ENOENT', 'EACCES'].includes(errorCode(error) ?? ''))
        settle({ code: null, signal: null, ...said, isLate, isAbsent: true });
      else fail(error);
    });
    child.on('close', (code, signal) => {
      clearTimeout(late);
      settle({ code, signal, ...said, isLate, isAbsent: false });
    });
    // It may end without reading what it is given.
    child.stdin.on('error', () => undefined).end(input ?? '');
  });
}

const FAILURE = 1;
const NOT_FOUND = 127;
const SSH_FAILED = 255;

function printed(
  { code, signal, stdout, stderr, isLate, isAbsent }: Ended,
  {
    host,
    program,
    options,
  }: { readonly host: string | null; readonly program: string; readonly options: SlurmOptions },
): string {
  const words = stderr.trim().split('\n').filter(Boolean).slice(-3).join(' ');
  const where = host === null ? 'on this machine' : `on ${host}`;
  if (isLate) {
    const seconds = (options.timeoutMilliseconds ?? TIMEOUT_MILLISECONDS) / 1000;
    throw new WorkError(`${program} ${where} did not answer within ${String(seconds)} s`, { found: words });
  }
  if (isAbsent && host !== null) throw new AbsentError('there is no ssh on this machine', { found: 'no ssh in PATH' });
  if (isAbsent || (host !== null && code === NOT_FOUND))
    throw new AbsentError(`there is no ${program} ${where}`, {
      expected: 'Slurm’s commands in PATH',
      advice:
        host === null ? 'Name the cluster’s login node by --host.' : 'Name a login node of the cluster by --host.',
    });
  if (host !== null && code === SSH_FAILED)
    throw new InputError(`${host} does not answer to ssh`, {
      found: words,
      advice: `It must let you in without a question: try ssh -o BatchMode=yes ${shellWord(host)} true`,
    });
  if (code === 0) return stdout;
  const summary = `${program} ${where} failed`;
  if (code === FAILURE && words !== '') throw new RefusedError(summary, { found: words });
  throw new WorkError(summary, { found: words === '' ? howEnded(code, signal) : words });
}

function howEnded(code: number | null, signal: NodeJS.Signals | null): string {
  return code === null ? `an end by ${signal ?? 'a signal'}` : `exit code ${String(code)}`;
}
