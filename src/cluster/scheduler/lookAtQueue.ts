/** One `squeue` for all jobs of a scheduler, at most once a minute, whoever asks. */
import { isReportedError } from '../../common/errors';
import { slurmCommand } from '../slurmCommand';
import { readLook, writeLook, type Look } from './lookFile';
import { parseQueue, QUEUE_WORDS } from './queueLines';
import { intervalMilliseconds, pauseMilliseconds } from './times';
import { forgetTurns, isOurTurn } from './turns';

const TIMEOUT_MILLISECONDS = 30_000;
/** A controller that takes so long has enough to do. */
const SLOW_MILLISECONDS = 5000;

/**
 * What it says now where it may be asked, else what it said last. Undefined where nobody has an answer yet, and another
 * process asks. That it does not answer is no error: it is in the answer's `problem`.
 * @param host the destination for ssh; null: this machine
 */
export async function lookAtQueue(host: string | null): Promise<Look | undefined> {
  const before = await readLook(host);
  const interval = intervalMilliseconds();
  if (before !== undefined && Date.now() - Date.parse(before.askedAt) < pauseOf(before, interval)) return before;
  const question = `${String(interval)}-${String(Math.floor(Date.now() / interval))}`;
  if (!(await isOurTurn(host, question))) return before;
  await forgetTurns(host, question);
  const look = await ask(host, before);
  await writeLook(host, look);
  return { format: 1, ...look };
}

function pauseOf({ troubles, askedAt }: Look, interval: number): number {
  // A time to come is one by a clock that was set back.
  return Date.parse(askedAt) > Date.now() + interval ? 0 : pauseMilliseconds(interval, troubles);
}

async function ask(host: string | null, before: Look | undefined): Promise<Omit<Look, 'format'>> {
  const { troubles = 0, at = null, lines = [] } = before ?? {};
  // What has changed since is not in its answer.
  const asked = new Date().toISOString();
  const begin = performance.now();
  try {
    const printed = await slurmCommand(host, 'squeue', QUEUE_WORDS, { timeoutMilliseconds: TIMEOUT_MILLISECONDS });
    const isSlow = performance.now() - begin > SLOW_MILLISECONDS;
    const read = { at: asked, lines: parseQueue(printed), troubles: isSlow ? troubles + 1 : 0, problem: null };
    return { ...read, askedAt: new Date().toISOString() };
  } catch (error) {
    if (!isReportedError(error)) throw error;
    return { at, lines, troubles: troubles + 1, problem: error.message, askedAt: new Date().toISOString() };
  }
}
