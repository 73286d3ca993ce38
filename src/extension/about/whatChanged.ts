/** A run against its study file as it is now: in what their settings differ, and the way back. */
import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { InputError } from '../../common/errors';
import { makeFolder } from '../../common/folders';
import type { Run } from '../../runs';
import type { Study } from '../../study';
import type { CoreParts } from '../coreParts';
import { readOnlyText } from '../readOnlyText';
import { oneRun } from '../runs/chosenRuns';
import { runName } from '../runs/runName';
import type { RunSummary } from '../runs/runSummary';
import type { RunTarget } from '../runs/target';
import { editStudy } from '../studies/editStudy';
import { studyTextNow } from '../runPanel/studyNow';
import { comparedTexts } from './settingsText';

/** Shows the run's settings beside those that its study file has now. */
export async function whatChanged(parts: CoreParts, target: RunTarget): Promise<void> {
  const { l10n } = vscode;
  const found = await runAndFile(parts, target, l10n.t('What has changed since which run?'));
  if (found === undefined) return;
  const { summary, run, text } = found;
  const [name, file] = [runName(summary, 'full'), basename(summary.studyFile)];
  const restore = l10n.t('Restore This Run’s Study');
  if (text === undefined) {
    const message = l10n.t('{0} is gone: there is nothing to compare {1} with.', file, name);
    if ((await vscode.window.showWarningMessage(message, restore)) === restore)
      await restoreStudy(parts, { run: summary });
    return;
  }
  const now = await sameModelIn(text, summary.studyFile, run.study);
  if (now === undefined) {
    void vscode.window.showErrorMessage(l10n.t('{0} cannot be read as a study: correct what its editor marks.', file));
    return;
  }
  const texts = await comparedTexts(run, { ...run, study: now });
  if (texts === undefined) {
    void vscode.window.showInformationMessage(l10n.t('{0} has the same settings as {1} has now.', name, file));
    return;
  }
  const [left, right] = texts.map((each, at) => readOnlyText(`${at === 0 ? summary.id : file}.properties`, each));
  await vscode.commands.executeCommand('vscode.diff', left, right, l10n.t('Settings: {0} ↔ {1} now', name, file), {
    preview: true,
  });
}

/** Brings the study file back to what the run was trained by, as an edit that can be undone. */
export async function restoreStudy(parts: CoreParts, target: RunTarget): Promise<void> {
  const { l10n } = vscode;
  const found = await runAndFile(parts, target, l10n.t('Restore the study of which run?'));
  if (found === undefined) return;
  const { summary, run, text } = found;
  const { restoredStudyText, studyText } = await import('../../study');
  const file = summary.studyFile;
  if (run.manifest.watched !== undefined || run.manifest.imported !== undefined) {
    throw new InputError(l10n.t('this run was not trained by a study'), {
      file: summary.folder,
      advice: l10n.t('Only a run that EpochLens trained has a study to go back to.'),
    });
  }
  const uri = vscode.Uri.file(file);
  if (text === undefined) {
    await makeFolder(dirname(file));
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(studyText(run.study)));
  } else if (restoredStudyText(text, file, run.study) === text) {
    void vscode.window.showInformationMessage(
      l10n.t('{0} trains what this run was trained by already.', basename(file)),
    );
    return;
  }
  const unsaved = l10n.t('The edit is in the editor of {0}, unsaved.', basename(file));
  if (text !== undefined) await editStudy(uri, (now) => restoredStudyText(now, file, run.study), unsaved);
  await vscode.window.showTextDocument(uri, { preview: false });
}

/** The file's study or cell that trains the same, else its study of the run's network, or of its first; undefined of no study. */
async function sameModelIn(text: string, file: string, run: Study): Promise<Study | undefined> {
  const { allStudies, parseStudyFile, sameTraining } = await import('../../study');
  const parsed = await parseStudyFile(text, file);
  if (!parsed.ok) return undefined;
  const ofNetwork = parsed.studies.find(({ model }) => model.architecture === run.model.architecture);
  return sameTraining(run, allStudies(parsed)) ?? ofNetwork ?? parsed.study;
}

interface RunAndFile {
  readonly summary: RunSummary;
  readonly run: Run;
  /** The study file's, saved or not; undefined where it is gone. */
  readonly text: string | undefined;
}

async function runAndFile(parts: CoreParts, target: RunTarget, which: string): Promise<RunAndFile | undefined> {
  const summary = await oneRun(parts, target, which);
  if (summary === undefined) return undefined;
  const { openRun } = await import('../../runs');
  const run = await openRun(summary.folder);
  return { summary, run, text: await studyTextNow(summary.studyFile) };
}
