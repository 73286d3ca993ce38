import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { ArchitectureName } from '../architectures';
import { InputError } from '../common/errors';
import { newestRun, newestRunsOf } from './list';
import { openRun, type Run } from './open';

/** The run that a command's argument means: a run folder (or its run.json), or a study file for its newest run. */
export async function resolveRun(argument: string): Promise<Run> {
  const folder = await runFolderOf(argument);
  if (folder !== undefined) return openRun(folder);
  const run = await newestRun(argument);
  if (run !== undefined) return run;
  throw noRun(argument);
}

/**
 * The runs that a command's argument means: a run folder, or a study file for the newest run of each of its models. With
 * an architecture only the one of that. There is always at least one, or an `InputError`.
 */
export async function resolveRuns(argument: string, architecture?: ArchitectureName): Promise<[Run, ...Run[]]> {
  const folder = await runFolderOf(argument);
  const found = folder === undefined ? await newestRunsOf(argument) : [await openRun(folder)];
  const [run, ...others] = found.filter(({ study }) => [undefined, study.model.architecture].includes(architecture));
  if (run !== undefined) return [run, ...others];
  throw found.length === 0 ? noRun(argument) : noRunOf(argument, architecture, found);
}

/** Undefined where the argument is a study file. */
async function runFolderOf(argument: string): Promise<string | undefined> {
  const stats = await stat(argument).catch(() => undefined);
  if (stats === undefined) {
    throw new InputError('there is no such run', {
      file: argument,
      found: 'nothing',
      expected: 'a run folder or a study file',
    });
  }
  if (stats.isDirectory()) return argument;
  return basename(argument) === 'run.json' ? dirname(argument) : undefined;
}

function noRun(studyFile: string): InputError {
  return new InputError('this study has no run yet', {
    file: studyFile,
    found: 'no run',
    expected: 'a run of it',
    advice: `Train it first: epochlens train ${studyFile}`,
  });
}

function noRunOf(argument: string, architecture: string | undefined, found: readonly Run[]): InputError {
  return new InputError('there is no run of this architecture', {
    file: argument,
    place: '--architecture',
    found: found.map(({ study }) => study.model.architecture).join(', '),
    expected: architecture ?? '',
  });
}
