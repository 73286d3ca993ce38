import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { ArchitectureName } from '../architectures';
import { InputError } from '../common/errors';
import { shellWord } from '../common/shellWord';
import { readStudies } from '../study/index';
import { newerProblems, newestRunsOf } from './list';
import { lostRunsFor } from './lost';
import { openRun, type Run } from './open';

/**
 * The runs that a command's argument means: a run folder (or its run.json), or a study file for the newest run of each of
 * its models. With an architecture only the one of that. There is always at least one, or an `InputError`.
 */
export async function resolveRuns(argument: string, architecture?: ArchitectureName): Promise<[Run, ...Run[]]> {
  const folder = await runFolderOf(argument);
  const found = folder === undefined ? await newestRunsOf(argument) : [await openRun(folder)];
  const [run, ...others] = found.filter(({ study }) => [undefined, study.model.architecture].includes(architecture));
  if (run !== undefined) return [run, ...others];
  throw found.length === 0 ? await noRun(argument) : noRunOf(argument, architecture, found);
}

/** Whether a command's argument is a study file, and no run folder. @throws InputError where there is nothing */
export async function isStudyArgument(argument: string): Promise<boolean> {
  return (await runFolderOf(argument)) === undefined;
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

async function noRun(studyFile: string): Promise<InputError> {
  const [problem] = await newerProblems((await readStudies(studyFile))[0], undefined);
  if (problem !== undefined) {
    return new InputError('this study has no run that can be read', { file: studyFile, found: problem });
  }
  return new InputError('this study has no run yet', {
    file: studyFile,
    found: 'no run',
    expected: 'a run of it',
    advice: `Train it first: epochlens train ${shellWord(studyFile)}${await lostRunsAdvice(studyFile)}`,
  });
}

/** More are only counted. */
const MOST_NAMED = 5;

/**
 * What is to be added to "this study has no run": the runs beside it whose study file is gone, and how they become this
 * study's. Empty where there are none.
 */
export async function lostRunsAdvice(studyFile: string): Promise<string> {
  const studies = await readStudies(studyFile);
  const lost = await lostRunsFor(
    studies[0].path,
    studies.map(({ study }) => study),
  );
  const [first] = lost;
  if (first === undefined) return '';
  const named = lost.slice(0, MOST_NAMED).map(({ folder }) => folder);
  const more = lost.length > named.length ? `\n  … and ${String(lost.length - named.length)} more` : '';
  const files = [...new Set(lost.map((run) => basename(run.studyFile)))].join(', ');
  return (
    `\nBeside it are runs of a study file that is gone (${files}):` +
    `${named.map((folder) => `\n  ${folder}`).join('')}${more}` +
    `\nIf it was renamed to this one: epochlens adopt ${[studyFile, ...named].map(shellWord).join(' ')}`
  );
}

function noRunOf(argument: string, architecture: string | undefined, found: readonly Run[]): InputError {
  return new InputError('there is no run of this architecture', {
    file: argument,
    place: '--architecture',
    found: found.map(({ study }) => study.model.architecture).join(', '),
    expected: architecture ?? '',
  });
}
