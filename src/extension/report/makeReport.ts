import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { cliProgram } from '../cliProgram';
import type { CoreParts } from '../coreParts';
import { studyReportPath } from '../../runs/reportPath';
import { readStudies } from '../../study';
import { SETTINGS } from '../ids';
import { runName } from '../runs/runName';
import { pickRun } from '../runs/pick';
import { canResume, isLive, type RunSummary } from '../runs/runSummary';
import { studyFileOf, type RunTarget } from '../runs/target';
import { isSaved } from '../studies/savedStudy';
import { architectureOf } from '../training/chooseModel';
import { isTrusted } from '../training/trust';
import { runCli } from '../commands/runCli';

export interface MadeReport {
  readonly file: string;
  readonly studyName: string;
}

/**
 * Writes the report of a run, or of all models of a study, as one self-contained page.
 * @returns undefined if the person cancels
 */
export async function makeReport(parts: CoreParts, target: RunTarget): Promise<MadeReport | undefined> {
  if (!(await isTrusted(vscode.l10n.t('Making a report')))) return undefined;
  const run = await pickRun(target, parts.runStore, {
    placeHolder: vscode.l10n.t('The report of which run?'),
    none: vscode.l10n.t('There is no run with a checkpoint yet. Train a study first.'),
    only: ({ checkpoints }) => checkpoints.length > 0,
  });
  // The report takes its perturbations and images from the study file where that still exists.
  if (run === undefined || (existsSync(run.studyFile) && !(await isSaved(run.studyFile)))) return undefined;
  const whole = await isWholeStudy(parts, target, run);
  const file = whole ? studyReportPath(run) : join(run.folder, 'report.html');
  await writeReport(parts, run, whole ? run.studyFile : run.folder, file);
  // The report may have measured imported checkpoints whose accuracy was unknown.
  await parts.runStore.reread(run.folder);
  return { file, studyName: run.studyName };
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
  const options = {
    location: vscode.ProgressLocation.Notification,
    title:
      isLive(run) || canResume(run)
        ? vscode.l10n.t('Report of {0} so far', runName(run, 'title'))
        : vscode.l10n.t('Report of {0}', runName(run, 'title')),
    cancellable: true,
  };
  await vscode.window.withProgress(options, async (progress, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    await runCli(cliProgram(context), ['report', argument, '--out', file, '--engine', engine], {
      signal: controller.signal,
      onLine: (line) => {
        log.debug(line);
        progress.report({ message: line });
      },
    });
  });
}
