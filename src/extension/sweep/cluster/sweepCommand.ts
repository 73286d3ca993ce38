import * as vscode from 'vscode';
import type * as z from 'zod';
import type { SweepState } from '../../../sweeps/sweepState';
import { cliProgram } from '../../cliProgram';
import { runCli } from '../../commands/runCli';
import { trainingEnvironment } from '../../training/trainingEnvironment';
import type { SweepParts } from '../sweepParts';

/** The command line's own words for a failure are thrown, and are no progress. */
const ERROR = 'epochlens: ';

/**
 * Runs `epochlens sweep STUDY … --json` to its end, with progress and cancellation, and reads the sweep again, however that
 * ended.
 * @returns the last document that fits
 * @throws CancelledError, WorkError in the program's words
 */
export async function sweepCommand<Schema extends z.ZodType>(
  { context, log, sweeps }: SweepParts,
  { studyFile }: Pick<SweepState, 'studyFile'>,
  title: string,
  args: readonly string[],
  schema: Schema,
): Promise<z.output<Schema> | undefined> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  let result: z.output<Schema> | undefined;
  await vscode.window
    .withProgress(options, async (progress, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort());
      await runCli(cliProgram(context), ['sweep', studyFile, ...args, '--json'], {
        signal: controller.signal,
        env: trainingEnvironment(),
        onLine(line) {
          if (line.startsWith('{')) result = schema.safeParse(JSON.parse(line)).data ?? result;
          else {
            log.info(line);
            if (!line.startsWith(ERROR)) progress.report({ message: line });
          }
        },
      });
    })
    .then(undefined, async (error: unknown) => {
      await sweeps.reread(studyFile);
      throw error;
    });
  await sweeps.reread(studyFile);
  return result;
}
