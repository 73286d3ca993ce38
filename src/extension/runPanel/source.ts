/** Finds the study and the run that a panel's command is about. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { ANY_SOURCE } from '../../protocol/anySource';
import type { PanelSource } from '../../protocol/panelView';
import type { ExtensionContextParts } from '../context';
import { COMMANDS } from '../ids';
import { pickStudy } from '../runs/pick';
import type { RunSummary } from '../runs/runStore';
import { runOfTarget, studyFileOf, type RunTarget } from '../runs/target';

type Parts = Pick<ExtensionContextParts, 'runStore'>;

export function noCheckpointsText(): string {
  return vscode.l10n.t('No run has a checkpoint yet. Train a study first.');
}

/** A named run is taken itself; a study file, or the only study, stands for its newest run at any time. */
export async function sourceOf({ runStore }: Parts, target: RunTarget): Promise<PanelSource | undefined> {
  await runStore.ready;
  const studyFile = studyFileOf(target);
  const run = runOfTarget(target, runStore);
  const namesRun = run !== undefined && (studyFile === undefined || (typeof target === 'object' && 'run' in target));
  if (namesRun) return { ...ANY_SOURCE, studyFile: run.studyFile, run: run.folder };
  if (studyFile !== undefined) return { ...ANY_SOURCE, studyFile };
  const withRuns = new Set(runStore.runs().map((each) => each.studyFile));
  if (withRuns.size === 1) return { ...ANY_SOURCE, studyFile: [...withRuns][0] ?? null };
  if (runStore.studies().length === 0) return ANY_SOURCE;
  const picked = await pickStudy(target, runStore);
  return picked === undefined ? undefined : { ...ANY_SOURCE, studyFile: picked };
}

export function newestRun({ runStore }: Parts): RunSummary | undefined {
  return runStore.runs().find(hasCheckpoints);
}

export function hasCheckpoints({ checkpoints }: RunSummary): boolean {
  return checkpoints.length > 0;
}

/**
 * @param what the feature: "Grad-CAM"
 * @param file the file that was named instead, if any
 */
export function sayNoImage(what: string, file: string | undefined): void {
  const formats = vscode.l10n.t('{0} takes PNG, JPEG, BMP, GIF and WebP files.', what);
  if (file === undefined)
    void vscode.window.showInformationMessage(vscode.l10n.t('Open or select an image first: {0}', formats));
  else
    void vscode.window.showWarningMessage(
      vscode.l10n.t('{0}: not an image of a format that is read. {1}', basename(file), formats),
    );
}

export async function sayNoRun(): Promise<void> {
  const train = vscode.l10n.t('Train a Study');
  if ((await vscode.window.showInformationMessage(noCheckpointsText(), train)) === train) {
    await vscode.commands.executeCommand(COMMANDS.train);
  }
}
