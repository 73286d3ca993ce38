import * as vscode from 'vscode';
import type * as z from 'zod';
import { WorkError } from '../../common/errors';
import { cliProgram } from '../cliProgram';
import type { CoreParts } from '../coreParts';
import { runCli } from './runCli';

/** The prefix of the command line's last line after a failure. */
const ERROR = 'epochlens: ';

/**
 * Runs a command with --json, with progress and cancellation, and returns its document. A command that prints a
 * document and then fails counts as successful: the document has all there is to say.
 * @throws CancelledError, WorkError
 */
export function cliDocument<Schema extends z.ZodType>(
  { context, log }: CoreParts,
  title: string,
  args: readonly string[],
  schema: Schema,
): Thenable<z.output<Schema>> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    let result: z.output<Schema> | undefined;
    const onLine = (line: string): void => {
      if (line.startsWith('{')) result = schema.parse(JSON.parse(line));
      else {
        log.info(line);
        if (!line.startsWith(ERROR)) progress.report({ message: line });
      }
    };
    try {
      await runCli(cliProgram(context), [...args, '--json'], {
        signal: controller.signal,
        onLine,
      });
    } catch (error) {
      if (!(error instanceof WorkError) || result === undefined) throw error;
    }
    if (result === undefined) throw new Error(`epochlens ${args[0] ?? ''} ended without a result`);
    return result;
  });
}
