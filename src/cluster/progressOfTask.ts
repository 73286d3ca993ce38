/** One task: what it says of itself against what the scheduler said last. */
import { localTime } from '../common/localTime';
import { jobPaths, type StoredJob } from './jobFolder';
import { CANCELLED, type TaskFile } from './taskFile';
import { waitingText } from './scheduler/reasons';
import { isBegunAgain, jobOf, type KnownTask } from './scheduler/settled';
import { endOf, isAtWork } from './scheduler/states';
import type { TaskProgress, TaskState } from './taskProgress';
import { again, isKilled, whyEnded } from './taskWhy';

/** So long after its last sign of life a task that was killed may have worked on: it gives one twice a minute. */
const BEAT_MILLISECONDS = 60_000;

/** What says itself that it has stopped does no more. */
function workedUntil(word: TaskFile | undefined): string | undefined {
  if (word?.state !== 'running') return word?.heartbeat;
  return new Date(Date.parse(word.heartbeat) + BEAT_MILLISECONDS).toISOString();
}

type Judged = Pick<TaskProgress, 'state' | 'why' | 'since'>;

/** @param now milliseconds since 1970 */
export function progressOfTask({ folder, job }: StoredJob, index: number, known: KnownTask, now: number): TaskProgress {
  const { word, seen } = known;
  const of = jobOf(job.id, word);
  const { state, why, since } = judged({ folder, job }, known, now);
  const node = state === 'queued' ? '' : (seen?.node ?? '') === '' ? (word?.node ?? '') : seen?.node;
  return {
    job: folder,
    index,
    id: of === null ? undefined : `${of}_${String(index)}`,
    host: job.host,
    cluster: job.cluster,
    user: job.user,
    state,
    node: node === '' ? undefined : node,
    restarts: word?.restarts ?? 0,
    why,
    since,
    workedUntil: workedUntil(word),
    isKilled:
      state === 'ended' ? word?.killed === 'unknown' : state === 'failed' && seen !== undefined && isKilled(seen),
    log: jobPaths(folder).log(index),
  };
}

function judged({ job }: StoredJob, known: KnownTask, now: number): Judged {
  const { word, seen } = known;
  const end = seen && endOf(seen.state);
  // Whoever cancelled it came too late.
  if (word?.state === 'ended' && word.error === undefined)
    return { state: 'ended', why: undefined, since: word.heartbeat };
  if (seen !== undefined && end === 'cancelled' && !isBegunAgain(known))
    return { state: end, why: whyEnded(end, job, seen), since: seen.at };
  if (word?.state === 'ended' && word.error === CANCELLED)
    return { state: 'cancelled', why: CANCELLED, since: word.heartbeat };
  if (word?.state === 'ended' && isOutOfMemory(word, seen))
    return {
      state: 'outOfMemory',
      why: whyEnded('outOfMemory', job, { reason: '', node: word.node }),
      since: word.heartbeat,
    };
  if (word?.state === 'ended') return { state: 'ended', why: word.error, since: word.heartbeat };
  if (seen !== undefined && end !== undefined && !isBegunAgain(known)) return ended(job, known, { seen, end }, now);
  if (word === undefined) return { ...notBegun(job, seen, now), since: seen?.at ?? job.submittedAt };
  if (word.state === 'requeued') return requeued(known, now);
  // The newer of the two is right: the scheduler may have begun it, or taken it off its node, after the other spoke.
  const isNewer = seen !== undefined && Date.parse(seen.at) > Date.parse(word.heartbeat);
  if (isNewer && !isAtWork(seen.state)) return requeued(known, now);
  const why = word.told === undefined ? silence(word.heartbeat, now) : 'It was told to stop, and is about to.';
  return { state: 'running', why, since: word.startedAt };
}

/** A process of it was killed: the kernel takes the largest, so that the task lives on, and says what Slurm says as well. */
function isOutOfMemory({ killed }: TaskFile, seen: KnownTask['seen']): boolean {
  return killed === 'outOfMemory' || (killed !== undefined && seen?.state === 'OUT_OF_MEMORY');
}

/** So long a shared disk may take to show what a task wrote last. */
const LATE_MILLISECONDS = 60_000;

function ended(
  job: StoredJob['job'],
  { word }: KnownTask,
  { seen, end }: { readonly seen: NonNullable<KnownTask['seen']>; readonly end: TaskState },
  now: number,
): Judged {
  const since = seen.at;
  if (end === 'lost' && word?.state === 'running' && word.told !== undefined) return killed(job, word.told, since);
  if (end === 'lost' && word === undefined && seen.node === '' && job.id !== null)
    return { state: end, why: goneUnbegunText(job), since };
  if (end !== 'ended') return { state: end, why: whyEnded(end, job, seen), since };
  if (now - Date.parse(since) < LATE_MILLISECONDS) return { state: 'running', why: undefined, since };
  const why =
    word === undefined
      ? 'Slurm says that it ended well, but it has written nothing here: is this folder on the disk that its node sees? See its log.'
      : `Slurm says that it ended, but it says itself that it goes on. See its log. ${again(job).goOn}.`;
  return { state: 'failed', why, since };
}

/** Slurm keeps no record of a task of an array that is cancelled while it waits. */
function goneUnbegunText(job: StoredJob['job']): string {
  return `It is gone from the queue, and is not known to have begun: perhaps it was cancelled while it waited. ${again(job).submit}.`;
}

/** It had no time to stop, and Slurm has forgotten it since. */
function killed(job: StoredJob['job'], told: NonNullable<TaskFile['told']>, since: string): Judged {
  if (told === 'cancelled') return { state: 'cancelled', why: CANCELLED, since };
  const why = `It was told to stop, and was killed before it had; Slurm does not say any more why. ${again(job).goOn}.`;
  return { state: 'lost', why, since };
}

function notBegun(job: StoredJob['job'], seen: KnownTask['seen'], now: number): Pick<Judged, 'state' | 'why'> {
  if (seen === undefined) {
    const to = job.cluster === undefined ? '' : ` to the cluster ${job.cluster}`;
    const by = job.user === undefined ? '' : ` by ${job.user}`;
    return { state: 'queued', why: `It was handed over${to}${by}; Slurm has not been asked since.` };
  }
  if (seen.missingSince !== undefined)
    return { state: 'queued', why: 'It is not in the queue at this moment: whether it is lost a later look says.' };
  if (isAtWork(seen.state)) return { state: 'running', why: undefined };
  return { state: 'queued', why: waits(seen, now) };
}

function requeued({ word, seen }: KnownTask, now: number): Judged {
  const isSaid = seen !== undefined && seen.missingSince === undefined && !isAtWork(seen.state);
  const why = isSaid ? waits(seen, now) : 'It waits to go on where it stopped.';
  return { state: 'requeued', why, since: seen?.at ?? word?.heartbeat ?? '' };
}

/** Behind jobs without a time limit Slurm thinks of a year: that says nothing. */
const FAR_MILLISECONDS = 30 * 24 * 3_600_000;

function waits({ reason, starts }: NonNullable<KnownTask['seen']>, now: number): string {
  const isNear = starts !== undefined && Date.parse(starts) - now < FAR_MILLISECONDS;
  return waitingText(reason, isNear ? starts : undefined);
}

const SILENT_MILLISECONDS = 300_000;

function silence(heartbeat: string, now: number): string | undefined {
  if (now - Date.parse(heartbeat) < SILENT_MILLISECONDS) return undefined;
  return `It has said nothing since ${localTime(heartbeat)}.`;
}
