import * as vscode from 'vscode';
import { runPaths } from '../../runs/paths';
import { oneRun } from '../runs/chosenRuns';
import { runName } from '../runs/runName';
import type { RunTarget } from '../runs/target';
import type { AboutParts } from './history';

/** Asks for a run's note. One of several lines, which an input box cannot hold, is edited in its file. */
export async function editNote(parts: AboutParts, target: RunTarget): Promise<void> {
  const { l10n } = vscode;
  const run = await oneRun(parts, target, l10n.t('The note of which run?'));
  if (run === undefined) return;
  const { note = '' } = run.about;
  if (note.includes('\n')) {
    await vscode.window.showTextDocument(vscode.Uri.file(runPaths(run.folder).about));
    return;
  }
  const { isRunNote } = await import('../../runs');
  const text = await vscode.window.showInputBox({
    title: l10n.t('Note of {0}', runName(run, 'full')),
    prompt: l10n.t('What you want to remember of this run. An empty note is removed.'),
    value: note,
    validateInput: (entered) => (isRunNote(entered.trim()) ? undefined : l10n.t('At most 10,000 characters.')),
  });
  if (text === undefined || text.trim() === note) return;
  await parts.history.change([run.folder], { note: text.trim() });
}
