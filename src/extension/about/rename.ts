import * as vscode from 'vscode';
import { whenText } from '../runs/runText';
import { oneRun } from '../runs/chosenRuns';
import { runName } from '../runs/runName';
import type { RunTarget } from '../runs/target';
import type { AboutParts } from './history';

/** Asks for a run's name. Its folder keeps its own. */
export async function renameRun(parts: AboutParts, target: RunTarget): Promise<void> {
  const { l10n } = vscode;
  const run = await oneRun(parts, target, l10n.t('Rename which run?'));
  if (run === undefined) return;
  const others = parts.runStore
    .runs()
    .filter(({ studyFile, folder }) => studyFile === run.studyFile && folder !== run.folder)
    .map(({ about }) => about.name);
  const { isRunLabel } = await import('../../runs');
  const name = await vscode.window.showInputBox({
    title: l10n.t('Rename Run: {0}', runName(run, 'full')),
    prompt: l10n.t('A name for this run. Without one it is called by its date. Its folder stays.'),
    value: run.about.name ?? '',
    placeHolder: whenText(run.createdAt),
    validateInput(text) {
      const entered = text.trim();
      if (entered === '') return undefined;
      if (!isRunLabel(entered)) return l10n.t('At most 100 characters, on one line.');
      if (!others.includes(entered)) return undefined;
      const { Warning } = vscode.InputBoxValidationSeverity;
      return { message: l10n.t('Another run of this study has this name.'), severity: Warning };
    },
  });
  if (name === undefined || name.trim() === (run.about.name ?? '')) return;
  await parts.history.change([run.folder], { name: name.trim() });
}
