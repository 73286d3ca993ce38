/** status.json: what a training process is doing. Written by it alone, read by anyone. */
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { z } from 'zod';
import { writeFileAtomically } from '../common/atomic';
import { isProcessAlive } from '../common/processes';
import { runPaths } from './paths';

const statusSchema = z.object({
  state: z.enum(['training', 'finished', 'failed', 'cancelled']),
  pid: z.int().min(1),
  /** The machine that the process runs on: its id means nothing elsewhere. */
  host: z.string(),
  startedAt: z.iso.datetime(),
  /** When the process last said that it lives. */
  heartbeat: z.iso.datetime(),
  /** The epoch being trained, from 1, or the last one that is done; 0 before the first. */
  epoch: z.int().min(0),
  epochs: z.int().min(0),
  /** Steps done in this epoch. */
  step: z.int().min(0),
  stepsPerEpoch: z.int().min(0),
  /** Null until it is known. */
  imagesPerSecond: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  /** Why it failed, as the person was told. */
  error: z.string().optional(),
});
export type RunStatus = z.output<typeof statusSchema>;

/** 'interrupted': it says that it trains, and the process that said so is gone. */
export type EffectiveState = RunStatus['state'] | 'interrupted';

/** Longer than the slowest step: a process that computes cannot beat. Past it a live process id is another process's. */
export const HEARTBEAT_LIMIT_SECONDS = 600;

/** Replaces status.json; the process, its host and the heartbeat are filled in. */
export async function writeStatus(
  folder: string,
  status: Omit<RunStatus, 'pid' | 'host' | 'heartbeat'>,
  now = new Date(),
): Promise<void> {
  const whole: RunStatus = { ...status, pid: process.pid, host: hostname(), heartbeat: now.toISOString() };
  await writeFileAtomically(runPaths(folder).status, `${JSON.stringify(whole, null, 2)}\n`);
}

/** Undefined where the file is absent, torn, or not ours. */
export async function readStatus(folder: string): Promise<RunStatus | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(runPaths(folder).status, 'utf8'));
    return statusSchema.safeParse(value).data;
  } catch {
    return undefined;
  }
}

/** The state, corrected for a process that died without saying so. */
export function effectiveState(
  { state, pid, host, heartbeat }: RunStatus,
  { now = new Date(), alive = isProcessAlive }: { now?: Date; alive?: (pid: number) => boolean } = {},
): EffectiveState {
  if (state !== 'training') return state;
  const silent = (now.getTime() - Date.parse(heartbeat)) / 1000;
  const gone = (host === hostname() && !alive(pid)) || silent > HEARTBEAT_LIMIT_SECONDS;
  return gone ? 'interrupted' : 'training';
}
