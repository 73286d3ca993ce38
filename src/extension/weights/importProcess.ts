import * as vscode from 'vscode';
import { isReportedError } from '../../common/errors';
import { cliProgram } from '../cliProgram';
import { runCli } from '../commands/runCli';
import type { CoreParts } from '../coreParts';
import { shareReporter } from '../progress';
import { parseImportEvent, type ImportEvent, type Refused } from '../../protocol/importEvents';

/**
 * Runs `epochlens import` with progress and cancellation.
 * @returns its last event, or the question that stopped it
 * @throws CancelledError, WorkError
 */
export async function runImport<Name extends 'inspected' | 'imported'>(
  { context, log }: CoreParts,
  title: string,
  args: readonly string[],
  wanted: Name,
): Promise<Extract<ImportEvent, { event: Name }> | Refused> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (bar, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    const report = shareReporter(bar);
    const seen: ImportEvent[] = [];
    const onLine = (line: string): void => {
      const event = parseImportEvent(line);
      if (event === undefined) log.info(line);
      else if (event.event === 'progress') report(event.text, event.done, event.of);
      else seen.push(event);
    };
    try {
      const program = cliProgram(context);
      await runCli(program, ['import', ...args, '--json'], { signal: controller.signal, onLine });
    } catch (error) {
      const refusal = seen.find((event) => event.event === 'refused');
      if (refusal === undefined || (isReportedError(error) && error.name === 'CancelledError')) throw error;
      return refusal;
    }
    const last = seen.find((event) => event.event === wanted);
    if (last === undefined) throw new Error(`epochlens import ended without ${wanted}`);
    return last as Extract<ImportEvent, { event: Name }>;
  });
}
