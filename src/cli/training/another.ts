/**
 * A study that is being trained, in a window or another terminal, is mostly not meant to be trained once more: a person
 * at a terminal is asked, a script is refused, and an explicit word does without either.
 */
import { InputError } from '../../common/errors';
import { announceTraining, liveTrainings, type Announcement, type LiveTraining } from '../../runs';
import { studyHash, type LocatedStudy } from '../../study';
import { canAsk, confirm } from '../confirm';
import type { Output } from '../printing/output';

export interface AnotherOptions {
  /** Whether it is to be trained in any case. */
  readonly another?: boolean;
  /** A run folder that the person names: then they know which run they want. */
  readonly run?: string;
  /** Whether it is a cell of a sweep: others of the sweep may train beside it, and the same may not. */
  readonly cell?: unknown;
  /** The run folder that is trained into: of one that runs there its lock speaks. */
  readonly folder?: string;
}

/**
 * Asks a terminal about trainings of the same study and architecture that run.
 * @returns the run folders of those that are agreed to
 * @throws InputError where nobody can be asked; CancelledError where the answer is no
 */
export async function agreeOnAnother(
  located: LocatedStudy,
  options: AnotherOptions,
  output: Output,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const live = await others(located, options);
  await agreeTo(live, located, output, signal);
  return new Set(live.map(({ folder }) => folder));
}

async function others(located: LocatedStudy, { another, run, folder, cell }: AnotherOptions): Promise<LiveTraining[]> {
  if (another === true || (run !== undefined && cell === undefined)) return [];
  const live = (await liveTrainings(located)).filter((training) => training.folder !== folder);
  return cell === undefined ? live : live.filter((training) => training.studyHash === studyHash(located.study));
}

/**
 * The same for a training into a run folder, which is then announced to others; where another one has come in between,
 * of two that start at once, the later one asks.
 */
export async function announceAgreed(
  located: LocatedStudy,
  options: AnotherOptions & { readonly folder: string },
  output: Output,
  signal: AbortSignal,
): Promise<Announcement> {
  const agreed = await agreeOnAnother(located, options, output, signal);
  const { path, study } = located;
  const what = {
    studyFile: path,
    studyName: study.name,
    architecture: study.model.architecture,
    studyHash: studyHash(study),
  };
  const announcement = await announceTraining(options.folder, what);
  try {
    const now = await others(located, options);
    const earlier = now.filter((training) => !agreed.has(training.folder) && isBefore(training, announcement));
    await agreeTo(earlier, located, output, signal);
    return announcement;
  } catch (error) {
    await announcement.withdraw();
    throw error;
  }
}

function isBefore({ since, pid }: LiveTraining, { starting }: Announcement): boolean {
  return since < starting.since || (since === starting.since && pid < starting.pid);
}

async function agreeTo(
  live: readonly LiveTraining[],
  { path, study }: LocatedStudy,
  output: Output,
  signal: AbortSignal,
): Promise<void> {
  const [first] = live;
  if (first === undefined) return;
  const found = live.map(describe).join('; ');
  if (!canAsk()) {
    throw new InputError('this study is being trained already', {
      file: path,
      found,
      expected: 'no training of it that runs',
      advice: 'Wait for it, stop it, or train one more beside it by --another.',
    });
  }
  output.log(`${study.name} is being trained already: ${found}.`);
  await confirm('Train another run beside it?', signal);
}

function describe({ folder, pid, host, since, status }: LiveTraining): string {
  const state =
    status === undefined
      ? 'starting'
      : `at epoch ${status.epoch}${status.epochs === null ? '' : ` of ${status.epochs}`}`;
  return `${folder}, ${state}, process ${pid} on ${host}, since ${since}`;
}
