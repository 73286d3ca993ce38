import * as vscode from 'vscode';
import { COMMANDS } from '../ids';
import type { RunStore, RunSummary } from './runStore';
import { runName } from './runName';
import { stateIconId } from './stateIcon';
import { stateText, whenText } from './runText';
import { runOfTarget, studyFileOf, type RunTarget } from './target';

/** The target's study, the focused one, the only one, or the one that the person picks. */
export async function pickStudy(target: RunTarget, store: RunStore): Promise<string | undefined> {
  const meant = studyFileOf(target);
  if (meant !== undefined) return meant;
  await store.ready;
  const studies = store.studies();
  if (studies.length === 0) {
    await offerStudy();
    return undefined;
  }
  if (studies.length === 1) return studies[0]?.file;
  const items = studies.map(({ name, file }) => ({
    label: name,
    description: vscode.workspace.asRelativePath(file),
    file,
  }));
  const options = { placeHolder: vscode.l10n.t('Which study?'), matchOnDescription: true };
  return (await vscode.window.showQuickPick(items, options))?.file;
}

interface PickOptions {
  readonly placeHolder: string;
  /** The message if there is no such run; by default that there is none at all. */
  readonly none?: string;
  readonly only?: (run: RunSummary) => boolean;
}

/** The target's run, if it is among the runs in question; otherwise the only one, or the one that the person picks. */
export async function pickRun(
  target: RunTarget,
  store: RunStore,
  { placeHolder, none = vscode.l10n.t('There is no run yet. Train a study first.'), only = () => true }: PickOptions,
): Promise<RunSummary | undefined> {
  await store.ready;
  const meant = runOfTarget(target, store);
  if (meant !== undefined && only(meant)) return meant;
  const file = target === undefined ? undefined : studyFileOf(target);
  const studyFile = file === undefined ? undefined : store.studyPath(file);
  const runs = store.runs().filter((run) => only(run) && (studyFile === undefined || run.studyFile === studyFile));
  if (runs.length === 0) {
    void vscode.window.showInformationMessage(none);
    return undefined;
  }
  if (runs.length === 1) return runs[0];
  const items = runs.map((run) => ({
    label: `$(${stateIconId(run.state)}) ${runName(run, 'title')}`,
    description: whenText(run.createdAt),
    detail: stateText(run),
    run,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true, matchOnDetail: true }))
    ?.run;
}

async function offerStudy(): Promise<void> {
  const create = vscode.l10n.t('Create Study');
  const message = vscode.l10n.t('There is no study in this folder yet.');
  const answer = await vscode.window.showInformationMessage(message, create);
  if (answer === create) await vscode.commands.executeCommand(COMMANDS.createStudy);
}
