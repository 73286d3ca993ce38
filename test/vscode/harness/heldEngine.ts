/** Holding the engine, so that what it computes is not done before a test has looked at it, however slow the window is. */
import type { Session } from './session';
import { until } from './until';

/** A turn of work, while waiting for an engine that is held to get as far as it is to get. */
const TURN_MILLISECONDS = 20;

export interface HeldEngine {
  /** Lets it work in short turns until that holds. */
  readonly workUntil: (what: string, holds: () => Promise<boolean>) => Promise<void>;
  readonly release: () => void;
}

/** The engines that the session's windows have started, by their process ids. */
export async function enginesOf(session: Session): Promise<number[]> {
  const processes = await session.processes();
  return processes.filter(({ command }) => command.includes('dist/engine.js')).map(({ id }) => id);
}

/** Does what makes an engine compute, and holds it: from before, where one is there, or else as soon as one starts. */
export async function holdEngine<T>(
  session: Session,
  begin: () => Promise<T>,
): Promise<{ engine: HeldEngine; begun: T }> {
  let ids = await enginesOf(session);
  const signal = (name: 'SIGSTOP' | 'SIGCONT'): void => ids.forEach((id) => process.kill(id, name));
  signal('SIGSTOP');
  const isThere = ids.length > 0;
  const beginning = begin();
  if (!isThere) {
    await until('an engine starts', async () => (ids = await enginesOf(session)).length > 0);
    signal('SIGSTOP');
  }
  const engine: HeldEngine = {
    workUntil: (what, holds) =>
      until(what, async () => {
        if (await holds()) return true;
        signal('SIGCONT');
        await new Promise((resolve) => setTimeout(resolve, TURN_MILLISECONDS));
        signal('SIGSTOP');
        return false;
      }),
    release: () => signal('SIGCONT'),
  };
  return { engine, begun: await beginning };
}
