/** Which runs a command is about: of a study of several models, the newest of each. */
import { basename } from 'node:path';
import type { NetworkName } from '../../architectures';
import { shellWord } from '../../common/shellWord';
import {
  isStudyArgument,
  newerProblems,
  otherSettingsText,
  resolveRuns,
  runWarnings,
  trimResults,
  useUntilExit,
  type Run,
} from '../../runs';
import { readAllStudies, readStudies, type LocatedStudy } from '../../study';
import type { Output } from '../printing/output';

/**
 * As `resolveRuns`, with a word about runs that are damaged, vouched for by nobody or made with other settings than the
 * study has now, and models that have no run yet. Their checkpoints stay while this process lives.
 */
export async function chosenRuns(
  argument: string,
  architecture: NetworkName | undefined,
  output: Output,
): Promise<[Run, ...Run[]]> {
  const runs = await resolveRuns(argument, architecture);
  for (const { folder, id } of runs) {
    for (const warning of await runWarnings(folder)) output.log(`${id}: ${warning}`);
    // A folder that cannot be written to keeps what it has.
    await trimResults(folder).catch(() => undefined);
    await useUntilExit(folder);
  }
  if (!(await isStudyArgument(argument))) {
    // Whoever needs a study file that cannot be read says so.
    const studies = await readAllStudies(runs[0].studyFile).catch(() => undefined);
    if (studies !== undefined) sayOtherSettings(runs, studies, output);
    return runs;
  }
  const studies = await readStudies(argument);
  sayOtherSettings(runs, await readAllStudies(argument), output);
  for (const problem of await newerProblems(studies[0], runs[0])) output.log(`A newer run is left out: ${problem}`);
  if (architecture !== undefined) return runs;
  const trained = runs.map(({ study }) => study.model.architecture);
  for (const { study } of studies.length > 1 ? studies : []) {
    const name = study.model.architecture;
    if (!trained.includes(name))
      output.log(`${name} has no run yet. Train it:  epochlens train ${shellWord(argument)} --architecture ${name}`);
  }
  return runs;
}

/** Where a study file was edited since, or is another one of the same name: see `studyInForce`. */
function sayOtherSettings(
  runs: readonly Run[],
  [{ study, path }, ...others]: readonly [LocatedStudy, ...LocatedStudy[]],
  output: Output,
): void {
  const studies = [study, ...others.map((other) => other.study)] as const;
  for (const run of runs) {
    const text = otherSettingsText(run, studies, basename(path));
    if (text === undefined) continue;
    output.log(
      `${run.id} was ${text}. What follows is of the run as it was made; perturbations and explain are as the file says now.`,
    );
  }
}

/** "resnet20: FOLDER", above what is said of one of several runs. */
export function runHeading({ study, folder }: Run): string {
  return `${study.model.architecture}: ${folder}`;
}
