/** The run that `train --resume` goes on with. */
import { InputError } from '../../common/errors';
import { lostRunsAdvice, newerProblems, newestRunOf, openRun, runsOfStudy, type Run } from '../../runs';
import { differencesText, settingDifferences, studyHash, type Cell, type LocatedStudy } from '../../study';

export interface ToResume {
  readonly run?: string;
  readonly several?: boolean;
  /** Of a sweep: its newest run is meant where none is named. */
  readonly cell?: Cell | undefined;
}

/** Of several models, one that has no run yet is trained from the beginning. */
export async function runToResume(
  located: LocatedStudy,
  { run: folder, several = false, cell }: ToResume,
): Promise<Run | undefined> {
  const { architecture } = located.study.model;
  const run =
    folder !== undefined
      ? await openRun(folder)
      : cell === undefined
        ? await newestRunOf(located.path, architecture)
        : (await runsOfStudy(located.path)).find(({ manifest }) => manifest.studyHash === cell.id);
  if (folder === undefined) await refuseUnreadable(located, run);
  if (run === undefined && several) return undefined;
  if (run === undefined) {
    throw new InputError('nothing to resume', {
      file: located.path,
      found: 'no run of this study',
      expected: 'one that was stopped',
      advice: `Train it without --resume.${await lostRunsAdvice(located.path)}`,
    });
  }
  if (run.manifest.imported !== undefined) {
    throw new InputError('a run whose checkpoints were imported cannot go on', {
      file: run.folder,
      advice: 'Start a new training from one of them: name its file in the study’s model.weights.',
    });
  }
  if (run.manifest.watched !== undefined) {
    throw new InputError('a training that EpochLens only watches cannot go on here', {
      file: run.folder,
      advice: 'Go on with it where it was trained.',
    });
  }
  if (studyHash(run.study) === studyHash(located.study)) return run;
  throw new InputError('the study has changed since this run was started', {
    file: located.path,
    place: 'dataset, model or training',
    found: `other settings than in ${run.folder}: ${differencesText(settingDifferences(run.study, located.study))}`,
    expected: 'the same ones',
    advice: 'Undo the change, or train a new run without --resume.',
  });
}

/** A run that cannot be read may be the one that was stopped. */
async function refuseUnreadable(located: LocatedStudy, run: Run | undefined): Promise<void> {
  const [problem] = await newerProblems(located, run);
  if (problem === undefined) return;
  throw new InputError('the newest run of this study cannot be read', {
    file: located.path,
    found: problem,
    expected: 'a run to go on with',
    advice: 'Mend it, or name the run that is to go on by --run.',
  });
}
