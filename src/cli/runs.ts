/** Which runs a command is about: of a study of several models, the newest of each. */
import type { ArchitectureName } from '../architectures';
import { shellWord } from '../common/shellWord';
import { isStudyArgument, resolveRuns, runWarnings, type Run } from '../runs';
import { readStudies } from '../study';
import type { Output } from './output';

/** As `resolveRuns`, with a word about runs that are damaged or vouched for by nobody, and models that have no run yet. */
export async function chosenRuns(
  argument: string,
  architecture: ArchitectureName | undefined,
  output: Output,
): Promise<[Run, ...Run[]]> {
  const runs = await resolveRuns(argument, architecture);
  for (const { folder, id } of runs) for (const warning of await runWarnings(folder)) output.log(`${id}: ${warning}`);
  if (architecture !== undefined || !(await isStudyArgument(argument))) return runs;
  const trained = runs.map(({ study }) => study.model.architecture);
  const studies = await readStudies(argument);
  for (const { study } of studies.length > 1 ? studies : []) {
    const name = study.model.architecture;
    if (!trained.includes(name))
      output.log(`${name} has no run yet. Train it:  epochlens train ${shellWord(argument)} --architecture ${name}`);
  }
  return runs;
}

/** "resnet20: FOLDER", above what is said of one of several runs. */
export function runHeading({ study, folder }: Run): string {
  return `${study.model.architecture}: ${folder}`;
}
