/** status.json: what a training process is doing. Written by it alone, read by anyone. */
import * as z from 'zod';
import { writeFileAtomically } from '../../common/atomic';
import { identityFields } from '../../common/identitySchema';
import { ownIdentity, processFate, type ProcessFate, type ProcessIdentity } from '../../common/processes';
import { readRegularFile } from '../../common/regularFile';
import { isBeating } from './heartbeats';
import { runPaths } from '../paths';

const statusSchema = z.object({
  state: z.enum(['training', 'finished', 'failed', 'cancelled']),
  ...identityFields,
  startedAt: z.iso.datetime(),
  /** When the process last said that it lives. */
  heartbeat: z.iso.datetime(),
  /** The epoch being trained, from 1, or the last one that is done; 0 before the first. */
  epoch: z.int().min(0),
  /** Null where it is not known. */
  epochs: z.int().min(0).nullable(),
  /** Steps done in this epoch. */
  step: z.int().min(0),
  stepsPerEpoch: z.int().min(0),
  /** Null until it is known. */
  imagesPerSecond: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  /** Where a training that was stopped within an epoch goes on: after so many of its steps. */
  stopped: z.object({ epoch: z.int().min(1), step: z.int().min(1), of: z.int().min(1) }).exactOptional(),
  /** What was found damaged when it was gone on with, a sentence each. */
  damage: z.array(z.string()).readonly().exactOptional(),
  /** Why it failed, as the person was told. */
  error: z.string().optional(),
});
export type RunStatus = z.output<typeof statusSchema>;

/** 'interrupted': it says that it trains, and the process that said so is gone. */
export type EffectiveState = RunStatus['state'] | 'interrupted';

/** Longer than the slowest step: a process that computes cannot beat. */
export const HEARTBEAT_LIMIT_SECONDS = 600;

/** Replaces status.json; the process, its host and the heartbeat are filled in. */
export async function writeStatus(
  folder: string,
  status: Omit<RunStatus, keyof typeof identityFields | 'heartbeat'>,
  now = new Date(),
): Promise<void> {
  const whole: RunStatus = { ...status, ...ownIdentity(), heartbeat: now.toISOString() };
  await writeFileAtomically(runPaths(folder).status, `${JSON.stringify(whole, null, 2)}\n`);
}

const MOST_BYTES = 1_000_000;

/** Undefined where the file is absent, torn, or not ours. */
export async function readStatus(folder: string): Promise<RunStatus | undefined> {
  try {
    const text = (await readRegularFile(runPaths(folder).status, MOST_BYTES)).toString('utf8');
    return statusSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

export interface StateOptions {
  readonly now?: Date;
  /** What has become of a process. */
  readonly fate?: (process: ProcessIdentity) => ProcessFate;
}

/**
 * The state, corrected for a process that died without saying so. A process that can be asked after is, and the clock
 * says nothing; of any other the heartbeat counts.
 */
export function effectiveState(
  status: RunStatus,
  { now = new Date(), fate = processFate }: StateOptions = {},
): EffectiveState {
  if (status.state !== 'training') return status.state;
  switch (fate(status)) {
    case 'running':
      return 'training';
    case 'gone':
      return 'interrupted';
    case 'unknown':
      return isBeating(status, now, HEARTBEAT_LIMIT_SECONDS) ? 'training' : 'interrupted';
  }
}

/** Whether a process that ended well enough to say so had finished that epoch: what it wrote of it must be there. */
export function saysDone(status: RunStatus | undefined, epoch: number): boolean {
  if (status === undefined || status.state === 'training' || status.epoch < epoch) return false;
  // A training that fails before epoch 0 is kept says the same number.
  return epoch > 0 || status.state === 'finished';
}

/** Whether a training writes into a run folder at this moment. */
export async function isTrainingIn(folder: string): Promise<boolean> {
  const status = await readStatus(folder);
  return status !== undefined && effectiveState(status) === 'training';
}
