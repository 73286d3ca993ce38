import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { CoreParts } from '../coreParts';
import { studyReportPath } from '../../runs/reportPath';
import { readStudies } from '../../study';
import { SETTINGS } from '../ids';
import { pickRun } from '../runs/pick';
import { canResume, isLive, type RunSummary } from '../runs/runSummary';
import { studyFileOf, type RunTarget } from '../runs/target';
import { isSaved } from '../studies/savedStudy';
import { architectureOf } from '../training/chooseModel';
import { isTrusted } from '../training/trust';
import { runCli } from './runCli';

/** Writes the report of a run, or of all models of a study, as one self-contained page, and opens it. */
export async function openReportCommand(parts: CoreParts, target: RunTarget): Promise<void> {
  if (!(await isTrusted('Making a report'))) return;
  const run = await pickRun(target, parts.runStore, {
    placeHolder: 'The report of which run?',
    none: 'There is no run with a checkpoint yet. Train a study first.',
    only: ({ checkpoints }) => checkpoints.length > 0,
  });
  // The report takes its perturbations and images from the study file where that still exists.
  if (run === undefined || (existsSync(run.studyFile) && !(await isSaved(run.studyFile)))) return;
  const whole = await isWholeStudy(parts, target, run);
  const file = whole ? studyReportPath(run) : join(run.folder, 'report.html');
  await writeReport(parts, run, whole ? run.studyFile : run.folder, file);
  // The report may have measured imported checkpoints whose accuracy was unknown.
  await parts.runStore.reread(run.folder);
  await openPage(vscode.Uri.file(file));
}

/** Whether the target is a study of several models: its report covers the newest run of each. */
async function isWholeStudy({ runStore }: CoreParts, target: RunTarget, { studyFile }: RunSummary): Promise<boolean> {
  const isOneRun = typeof target === 'object' && !(target instanceof vscode.Uri) && target.run !== undefined;
  const meant = studyFileOf(target);
  if (isOneRun || architectureOf(target) !== undefined || meant === undefined) return false;
  if (runStore.studyPath(meant) !== studyFile) return false;
  return (await readStudies(studyFile).catch(() => [])).length > 1;
}

async function writeReport(
  { context, log }: CoreParts,
  run: RunSummary,
  argument: string,
  file: string,
): Promise<void> {
  const engine = vscode.workspace.getConfiguration(SETTINGS.section).get<string>(SETTINGS.engine, 'auto');
  const so = isLive(run) || canResume(run) ? ' so far' : '';
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: `Report of ${run.studyName}${so}`,
    cancellable: true,
  };
  await vscode.window.withProgress(options, async (progress, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    await runCli(
      join(context.extensionPath, 'dist', 'cli.js'),
      ['report', argument, '--out', file, '--engine', engine],
      {
        signal: controller.signal,
        onLine: (line) => {
          log.debug(line);
          progress.report({ message: line });
        },
      },
    );
  });
}

/**
 * Opens the page in the system's browser. On a remote machine the browser cannot read the file, so the editor shows it.
 */
async function openPage(file: vscode.Uri): Promise<void> {
  if (vscode.env.remoteName === undefined && vscode.env.uiKind === vscode.UIKind.Desktop) {
    await vscode.env.openExternal(file);
    return;
  }
  const reveal = 'Reveal in Explorer';
  const message = `The report is ${vscode.workspace.asRelativePath(file)}. Download it from the explorer to see it in a browser.`;
  if ((await vscode.window.showInformationMessage(message, reveal)) === reveal)
    await vscode.commands.executeCommand('revealInExplorer', file);
}
