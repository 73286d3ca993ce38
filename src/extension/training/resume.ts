import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import type { LocatedStudy } from '../../study';
import type { CoreParts } from '../coreParts';
import { COMMANDS } from '../ids';
import { runName } from '../runs/runName';
import { pickRun } from '../runs/pick';
import { progressText } from '../runs/runText';
import { canResume, isLive } from '../runs/runSummary';
import { runOfTarget, type RunTarget } from '../runs/target';
import { savedStudies } from '../studies/savedStudy';
import { settle, start } from './train';
import { isTrusted } from './trust';

/** Resumes a run where it was stopped, or after its newest whole epoch. */
export async function resumeCommand(parts: CoreParts, target: RunTarget): Promise<void> {
  if (!(await isTrusted(vscode.l10n.t('Training')))) return;
  const named = runOfTarget(target, parts.runStore);
  // Another window or a terminal may have resumed it.
  if (named !== undefined) await parts.runStore.reread(named.folder);
  const meant = named && parts.runStore.find(named.folder);
  if (meant !== undefined && isLive(meant)) {
    const message = vscode.l10n.t('{0} is being trained: {1}.', runName(meant, 'title'), progressText(meant));
    void vscode.window.showInformationMessage(message);
    return;
  }
  const run = await pickRun(target, parts.runStore, {
    placeHolder: vscode.l10n.t('Which training shall go on?'),
    none: vscode.l10n.t('There is no stopped training to go on with.'),
    only: canResume,
  });
  if (run === undefined) return;
  if (!existsSync(run.studyFile)) {
    void vscode.window.showErrorMessage(
      vscode.l10n.t(
        'The study file of this run is gone: {0}. Put it back there, or train a new run of another study.',
        run.studyFile,
      ),
    );
    return;
  }
  const studies = await savedStudies(run.studyFile);
  const meantStudy = studies && (await studyOfRun(run.folder, studies));
  const located = meantStudy && (await settle(parts, meantStudy));
  if (located === undefined) return;
  const { studyFile, studyName, folder } = run;
  const { architecture } = located.study.model;
  await start(parts, { studyFile, studyName, architecture, folder, resumes: true });
}

/** A run is resumed only with the settings it was started with; undefined if the file no longer has them. */
async function studyOfRun(
  folder: string,
  studies: readonly [LocatedStudy, ...LocatedStudy[]],
): Promise<LocatedStudy | undefined> {
  const [{ differencesFrom, openRun }, { differencesText, studyHash }] = await Promise.all([
    import('../../runs'),
    import('../../study'),
  ]);
  const run = await openRun(folder);
  const hash = studyHash(run.study);
  const found = studies.find(({ study }) => studyHash(study) === hash);
  if (found !== undefined) return found;
  const train = vscode.l10n.t('Train a New Run');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      'The study’s data, model or training has changed since this run was started ({0}), so it cannot go on. Undo the change, or train a new run.',
      differencesText(differencesFrom(run, [studies[0].study, ...studies.slice(1).map(({ study }) => study)])),
    ),
    train,
  );
  if (answer === train) await vscode.commands.executeCommand(COMMANDS.train, vscode.Uri.file(studies[0].path));
  return undefined;
}
