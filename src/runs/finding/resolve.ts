import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { NetworkName } from '../../architectures';
import { InputError } from '../../common/errors';
import { shellWord } from '../../common/shellWord';
import { readAllStudies, type LocatedStudy } from '../../study/index';
import { newerProblems, newestRunsOf, runsAsFound } from './list';
import { isGone, lostRunsFor } from './lost';
import { otherSettingsText } from './otherSettings';
import { openRun, type Run } from '../open';

/**
 * The runs that a command's argument means: a run folder (or its run.json), or a study file for the newest run of each of
 * its models. With an architecture only the one of that. There is always at least one, or an `InputError`.
 */
export async function resolveRuns(argument: string, architecture?: NetworkName): Promise<[Run, ...Run[]]> {
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
  const studies = await readAllStudies(studyFile);
  const [problem] = await newerProblems(studies[0], undefined);
  if (problem !== undefined) {
    return new InputError('this study has no run that can be read', { file: studyFile, found: problem });
  }
  return new InputError('this study has no run yet', {
    file: studyFile,
    found: 'no run',
    expected: 'a run of it',
    advice:
      `Train it first: epochlens train ${shellWord(studyFile)}` +
      `${await replacedRunsAdvice(studyFile, studies)}${await lostRunsAdvice(studyFile)}`,
  });
}

/** The runs that name this file, and were made by one that had its name before; empty where there are none. */
async function replacedRunsAdvice(
  studyFile: string,
  studies: readonly [LocatedStudy, ...LocatedStudy[]],
): Promise<string> {
  const { replaced } = await runsAsFound(studies);
  const [first] = replaced;
  if (first === undefined) return '';
  const { run, formerFile } = first;
  const [{ study }, ...others] = studies;
  const what = otherSettingsText(run, [study, ...others.map((other) => other.study)], basename(studyFile)) ?? '';
  const ofSame = replaced.filter((each) => each.formerFile === formerFile).map((each) => each.run.folder);
  const named = ofSame.slice(0, MOST_NAMED);
  const more = replaced.length - named.length;
  return (
    `\nA run that was started from a file of this name was ${what}. ${basename(formerFile)} is what it is of:` +
    `${named.map((folder) => `\n  ${folder}`).join('')}${more > 0 ? `\n  … and ${String(more)} more` : ''}` +
    `\nTo give it to that study: epochlens adopt ${[formerFile, ...named].map(shellWord).join(' ')}` +
    `\nTo look at it as it is, name its folder.`
  );
}

/** More are only counted. */
const MOST_NAMED = 5;

/**
 * What is to be added to "this study has no run": the runs beside it whose study file is gone, and how they become this
 * study's. Empty where there are none.
 */
export async function lostRunsAdvice(studyFile: string): Promise<string> {
  const studies = await readAllStudies(studyFile);
  const lost = await lostRunsFor(
    studies[0].path,
    studies.map(({ study }) => study),
  );
  const [first] = lost;
  if (first === undefined) return '';
  const named = lost.slice(0, MOST_NAMED).map(({ folder }) => folder);
  const more = lost.length > named.length ? `\n  … and ${String(lost.length - named.length)} more` : '';
  const files = [...new Set(lost.map((run) => basename(run.studyFile)))].join(', ');
  const fate = (await isGone(first.studyFile)) ? 'is gone' : 'is another one by now';
  return (
    `\nBeside it are runs of a study file that ${fate} (${files}):` +
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
