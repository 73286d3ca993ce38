/**
 * Whether processes that cannot be asked after, such as another machine's, still beat. Their clock and this machine's may
 * differ, so that what counts is how long a heartbeat has stayed the same while it was watched; only at the first sight of
 * it is it compared with the clock.
 */

/** A process that says at intervals that it lives. */
interface Beating {
  readonly pid: number;
  readonly host: string;
  /** ISO times. */
  readonly startedAt: string;
  readonly heartbeat: string;
}

interface Seen {
  readonly heartbeat: string;
  /** By `performance.now()`: when it would have been silent for too long. */
  readonly until: number;
}

/** Of each process and training. */
const seen = new Map<string, Seen>();
const MOST = 1000;

/** @param limitSeconds how long a living process may be silent */
export function isBeating(
  { pid, host, startedAt, heartbeat }: Beating,
  now: Date,
  limitSeconds: number,
  clock = performance.now(),
): boolean {
  const key = JSON.stringify([host, pid, startedAt]);
  const last = seen.get(key);
  if (last?.heartbeat === heartbeat) return clock < last.until;
  const silent = last === undefined ? Math.max(0, now.getTime() - Date.parse(heartbeat)) : 0;
  const until = clock + 1000 * limitSeconds - silent;
  if (seen.size >= MOST) seen.clear();
  seen.set(key, { heartbeat, until });
  return clock < until;
}
