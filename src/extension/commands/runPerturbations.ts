import { join } from 'node:path';
import * as vscode from 'vscode';
import type { CoreParts } from '../coreParts';
import { SETTINGS } from '../ids';
import { pickRun } from '../runs/pick';
import type { RunNode, RunTarget } from '../runs/target';
import { readSavedStudy } from '../training/train';
import { isTrusted } from '../training/trust';

/** In the manifest's `taskDefinitions`. */
const TASK_TYPE = 'epochlens';

/** A run, or a study for its newest one; with a number one of the study's perturbations, from 1. */
export interface PerturbationTarget extends RunNode {
  readonly perturbation?: number;
}

/**
 * Runs a study's perturbation tests as a task, whose terminal shows what the command line shows and stays: progress, the
 * table, and what an expectation misses. Ctrl-C stops them there, and what was computed is kept.
 */
export async function runPerturbationsCommand({ context, runStore }: CoreParts, target: RunTarget): Promise<void> {
  if (!(await isTrusted('Testing robustness'))) return;
  const run = await pickRun(target, runStore, {
    placeHolder: 'The perturbation tests of which run?',
    none: 'There is no run with a checkpoint yet. Train a study first.',
    only: ({ checkpoints }) => checkpoints.length > 0,
  });
  if (run === undefined) return;
  // The command line reads the file: what is tested must be what the editor shows.
  if ((await readSavedStudy(run.studyFile)) === undefined) return;
  const engine = vscode.workspace.getConfiguration(SETTINGS.section).get<string>(SETTINGS.engine, 'auto');
  const number = numberOf(target);
  const only = number === undefined ? [] : ['--only', String(number)];
  const program = join(context.extensionPath, 'dist', 'cli.js');
  const task = new vscode.Task(
    { type: TASK_TYPE },
    vscode.workspace.workspaceFolders === undefined ? vscode.TaskScope.Global : vscode.TaskScope.Workspace,
    number === undefined ? `${run.studyName}, all perturbations` : `${run.studyName}, perturbation ${number}`,
    'EpochLens',
    // Under the desktop program this is Electron, which runs as Node when it is told to.
    new vscode.ProcessExecution(process.execPath, [program, 'perturb', run.folder, '--engine', engine, ...only], {
      env: { ELECTRON_RUN_AS_NODE: '1' },
    }),
  );
  task.presentationOptions = {
    reveal: vscode.TaskRevealKind.Always,
    panel: vscode.TaskPanelKind.Dedicated,
    clear: true,
    showReuseMessage: false,
  };
  await vscode.tasks.executeTask(task);
}

function numberOf(target: RunTarget): number | undefined {
  if (typeof target !== 'object' || target instanceof vscode.Uri) return undefined;
  return (target as PerturbationTarget).perturbation;
}
