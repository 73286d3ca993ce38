import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { InputError } from '../common/errors';
import { newestRun } from './list';
import { openRun, type Run } from './open';

/** The run that a command's argument means: a run folder (or its run.json), or a study file for its newest run. */
export async function resolveRun(argument: string): Promise<Run> {
  const stats = await stat(argument).catch(() => undefined);
  if (stats === undefined) {
    throw new InputError('there is no such run', {
      file: argument,
      found: 'nothing',
      expected: 'a run folder or a study file',
    });
  }
  if (stats.isDirectory()) return openRun(argument);
  if (basename(argument) === 'run.json') return openRun(dirname(argument));
  const run = await newestRun(argument);
  if (run !== undefined) return run;
  throw new InputError('this study has no run yet', {
    file: argument,
    found: 'no run',
    expected: 'a run of it',
    advice: `Train it first: epochlens train ${argument}`,
  });
}
