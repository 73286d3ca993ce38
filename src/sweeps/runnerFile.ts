/** `runner.json`: which process runs a sweep, and on which cells it works. Written by it alone, read by anyone. */
import * as z from 'zod';
import { identityFields } from '../common/identitySchema';
import { ownIdentity, processFate } from '../common/processes';
import { readJson, writeJson } from '../common/jsonFile';
import { sweepPaths } from './sweepPaths';

const runnerSchema = z.object({
  format: z.int().min(1),
  ...identityFields,
  startedAt: z.iso.datetime(),
  heartbeat: z.iso.datetime(),
  jobs: z.int().min(1),
  waiting: z.string().exactOptional(),
  active: z.array(
    z.object({
      id: z.string(),
      /** Absolute. */
      run: z.string(),
      phase: z.enum(['training', 'testing']),
    }),
  ),
});
export type RunnerFile = z.output<typeof runnerSchema>;

const RUNNER_FORMAT = 1;
/** Of a process that cannot be asked after: it beats every few seconds. */
const SILENT_MILLISECONDS = 120_000;

export async function writeRunner(
  folder: string,
  runner: Pick<RunnerFile, 'startedAt' | 'jobs' | 'waiting' | 'active'>,
): Promise<void> {
  const heartbeat = new Date().toISOString();
  await writeJson(sweepPaths(folder).runner, { format: RUNNER_FORMAT, ...runner, ...ownIdentity(), heartbeat }, false);
}

/** Undefined where none runs: its file may have outlived it. */
export async function readRunner(folder: string): Promise<RunnerFile | undefined> {
  const runner = await readJson(sweepPaths(folder).runner, runnerSchema);
  if (runner === undefined) return undefined;
  const fate = processFate(runner);
  if (fate !== 'unknown') return fate === 'running' ? runner : undefined;
  return Date.now() - Date.parse(runner.heartbeat) < SILENT_MILLISECONDS ? runner : undefined;
}
