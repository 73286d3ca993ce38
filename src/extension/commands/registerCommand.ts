import * as vscode from 'vscode';
import { isReportedError } from '../../common/errors';
import { COMMANDS, type CommandId } from '../ids';
import type { Log } from '../log';
import { givenTarget, type RunSelection } from '../runs/selection';
import type { RunTarget } from '../runs/target';

/** Registers a command about runs or studies. Errors are shown and logged; a cancellation is neither. */
export function registerCommand(
  { log, selection }: { readonly log: Log; readonly selection: RunSelection },
  id: CommandId,
  run: (target: RunTarget, others: readonly unknown[]) => unknown,
): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (...given: readonly unknown[]) => {
    try {
      return await run(...(await givenTarget(id, given, { selection })));
    } catch (error) {
      void showError(log, error);
      return undefined;
    }
  });
}

/** Shows an expected error in its own words, and a defect with a button that opens its stack. */
export async function showError(log: Log, error: unknown): Promise<void> {
  if (isReportedError(error)) {
    if (error.name === 'CancelledError') return;
    log.error(error.message);
    await vscode.window.showErrorMessage(error.message);
    return;
  }
  log.error(error instanceof Error ? error : String(error));
  const message = error instanceof Error ? error.message : String(error);
  const show = vscode.l10n.t('Show Output');
  const answer = await vscode.window.showErrorMessage(vscode.l10n.t('A defect of EpochLens: {0}', message), show);
  if (answer === show) await vscode.commands.executeCommand(COMMANDS.showOutput);
}
