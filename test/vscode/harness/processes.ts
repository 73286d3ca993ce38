/** The processes a session has started, also those that have detached themselves, such as a training. */
import { readdir, readFile } from 'node:fs/promises';

/** Every program a test's VS Code starts inherits this variable, whose value is the session's own. */
export const SESSION_VARIABLE = 'EPOCHLENS_TEST_SESSION';

export interface SessionProcess {
  readonly id: number;
  /** Program and arguments, with spaces between. */
  readonly command: string;
}

/** Those that run now. Only Linux says what is in a process's environment; elsewhere there are none. */
export async function sessionProcesses(session: string): Promise<SessionProcess[]> {
  if (process.platform !== 'linux') return [];
  const wanted = `${SESSION_VARIABLE}=${session}`;
  const found: SessionProcess[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const environment = await readFile(`/proc/${name}/environ`, 'utf8').catch(() => '');
    if (!environment.split('\0').includes(wanted)) continue;
    const command = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
    found.push({ id: Number(name), command: command.replaceAll('\0', ' ').trim() });
  }
  return found;
}

/** Ends those whose command passes, all of them by default. */
export async function endProcesses(session: string, command: RegExp = /(?:)/): Promise<void> {
  for (const { id } of (await sessionProcesses(session)).filter((found) => command.test(found.command))) {
    try {
      process.kill(id, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}
