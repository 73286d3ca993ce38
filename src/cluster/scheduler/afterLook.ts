/** What is known of a job's tasks after the scheduler was asked. */
import type { JobFile } from '../jobFile';
import { SEEN_FORMAT, type SeenFile, type SeenTask } from '../seenFile';
import type { TaskFile } from '../taskFile';
import type { WhatIsKnown } from './ended';
import type { QueueLine } from './queueLines';
import { isSettled, jobOf, knownTask } from './settled';
import { endOf } from './states';

export interface Answer {
  /** When it was asked, ISO 8601. */
  readonly at: string;
  readonly lines: readonly QueueLine[];
}

export interface AfterLook {
  readonly seen: SeenFile;
  /** Of tasks that have been missing for long enough, of which it is to be asked how they ended: index, job's number. */
  readonly gone: ReadonlyMap<number, string>;
}

/**
 * A task that is not in the answer is missing, and is gone where it was missing in an answer before: a shared disk shows
 * files late, and an answer may be of the moment before it was handed over.
 * @param words of the tasks, by their indices
 * @param patience between the two answers, milliseconds
 */
export function afterLook(
  job: JobFile,
  { seen, words }: { readonly seen: SeenFile | undefined; readonly words: readonly (TaskFile | undefined)[] },
  answer: Answer,
  patience: number,
): AfterLook {
  const tasks: Record<string, SeenTask> = { ...seen?.tasks };
  const gone = new Map<number, string>();
  for (const [index, word] of words.entries()) {
    const of = jobOf(job.id, word);
    const line = of === null ? undefined : answer.lines.find((each) => isOf(each, of, index));
    const known = knownTask(job.id, index, word, seen);
    const before = known.seen;
    if (line !== undefined) {
      tasks[String(index)] = {
        ...saidBy(line),
        at: since(before, line, answer.at),
        job: of ?? line.job,
        ...turnOf(before, line, word),
        ...exitOf(before, line),
      };
      continue;
    }
    if (of === null || isSettled(known) || isOlder(answer, job, word)) continue;
    const { state = 'PENDING', reason = '', node = word?.node ?? '', at = answer.at } = before ?? {};
    const missingSince = before?.missingSince ?? answer.at;
    tasks[String(index)] = { state, reason, node, at, job: of, missingSince, ...(word && { turn: word.startedAt }) };
    if (Date.parse(answer.at) - Date.parse(missingSince) >= patience) gone.set(index, of);
  }
  return { seen: { format: SEEN_FORMAT, at: answer.at, tasks }, gone };
}

/** With how those ended that are gone; of those that nobody knows, that nobody does. The others stay missing. */
export function afterEnd({ seen, gone }: AfterLook, ended: ReadonlyMap<string, WhatIsKnown>): SeenFile {
  const tasks = { ...seen.tasks };
  for (const [index, job] of gone) {
    const known = ended.get(job);
    const end = known?.tasks.get(index) ?? known?.tasks.get(null);
    const { node = '', turn } = tasks[String(index)] ?? {};
    const said = { at: seen.at, job, ...(turn !== undefined && { turn }) };
    if (end !== undefined) tasks[String(index)] = { ...end, ...said };
    else if (known?.isAll === true) tasks[String(index)] = { state: 'GONE', reason: '', node, ...said };
  }
  return { ...seen, tasks };
}

/**
 * With what somebody has marked as cancelled since the scheduler was asked: its answer knows nothing of that yet.
 * @param now what the file says at this moment
 */
export function withCancelled(seen: SeenFile, now: SeenFile | undefined): SeenFile {
  const marked = Object.entries(now?.tasks ?? {}).filter(
    ([, { state, at }]) => endOf(state) === 'cancelled' && at !== undefined && Date.parse(at) >= Date.parse(seen.at),
  );
  return { ...seen, tasks: { ...seen.tasks, ...Object.fromEntries(marked) } };
}

function isOf({ job, index, id }: QueueLine, of: string, task: number): boolean {
  return (job === of || id === of) && (index === task || index === null);
}

/** It was given before the task was there, or before it last spoke. */
function isOlder({ at }: Answer, { submittedAt }: JobFile, word: TaskFile | undefined): boolean {
  return Date.parse(at) <= Math.max(Date.parse(submittedAt), Date.parse(word?.heartbeat ?? submittedAt));
}

function saidBy({ state, reason, node, starts }: QueueLine): SeenTask {
  return { state, reason, node, ...(starts !== undefined && state === 'PENDING' && { starts }) };
}

function since(before: SeenTask | undefined, { state, node }: QueueLine, at: string): string {
  return before?.state === state && before.node === node ? (before.at ?? at) : at;
}

/** An end is of the turn that it was first said of: the answer may be older than a turn that was begun since. */
function turnOf(
  before: SeenTask | undefined,
  { state }: QueueLine,
  word: TaskFile | undefined,
): Pick<SeenTask, 'turn'> {
  const turn = endOf(state) !== undefined && before?.state === state ? before.turn : word?.startedAt;
  return turn === undefined ? {} : { turn };
}

function exitOf(before: SeenTask | undefined, { state }: QueueLine): Pick<SeenTask, 'exit'> {
  return before?.exit !== undefined && before.state === state ? { exit: before.exit } : {};
}
