import { join } from 'node:path';
import * as vscode from 'vscode';
import type { CoreParts } from '../coreParts';
import { SETTINGS } from '../ids';
import { pickRun } from '../runs/pick';
import { canResume, isLive, type RunSummary } from '../runs/runSummary';
import type { RunTarget } from '../runs/target';
import { isTrusted } from '../training/trust';
import { runCli } from './runCli';

/** Writes the run's report, one self-contained page, and opens it. */
export async function openReportCommand(parts: CoreParts, target: RunTarget): Promise<void> {
  if (!(await isTrusted('Making a report'))) return;
  const run = await pickRun(target, parts.runStore, {
    placeHolder: 'The report of which run?',
    none: 'There is no run with a checkpoint yet. Train a study first.',
    only: ({ checkpoints }) => checkpoints.length > 0,
  });
  if (run === undefined) return;
  const file = join(run.folder, 'report.html');
  await writeReport(parts, run, file);
  await openPage(vscode.Uri.file(file));
}

async function writeReport({ context, log }: CoreParts, run: RunSummary, file: string): Promise<void> {
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
      ['report', run.folder, '--out', file, '--engine', engine],
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

/** In the person's browser. Their browser does not see a remote machine's files: there the file itself is shown. */
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
