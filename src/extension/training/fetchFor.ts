import * as vscode from 'vscode';
import * as z from 'zod';
import type { LocatedStudy } from '../../study';
import { cliProgram } from '../cliProgram';
import { runCli } from '../commands/runCli';
import type { CoreParts } from '../coreParts';
import { decimal } from '../language';
import { shareReporter } from '../progress';
import { networkEnvironment } from './networkEnvironment';

/** Downloads what a study needs in a process that the notification's Cancel ends. A partial download is kept. */
export async function fetchFor({ context, log }: CoreParts, { path, study }: LocatedStudy): Promise<void> {
  const options = { location: vscode.ProgressLocation.Notification, title: 'EpochLens', cancellable: true };
  await vscode.window.withProgress(options, async (bar, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    const report = shareReporter(bar);
    await runCli(cliProgram(context), ['fetch', path, '--architecture', study.model.architecture, '--json'], {
      signal: controller.signal,
      env: networkEnvironment(),
      onLine: (line) => {
        const event = parseEvent(line);
        if (event === undefined) log.info(line);
        else if (event.event === 'progress') report(eventText(event), event.done, event.total);
        else log.info(`${event.of}: ${event.path ?? ''}`);
      },
    });
  });
}

/** A line of the output of `epochlens fetch --json`. */
const fetchEvent = z.object({
  event: z.enum(['progress', 'here']),
  of: z.string(),
  stage: z.string().optional(),
  done: z.number().optional(),
  total: z.number().optional(),
  waiting: z.string().optional(),
  path: z.string().optional(),
});
type FetchEvent = z.output<typeof fetchEvent>;

function parseEvent(line: string): FetchEvent | undefined {
  return line.startsWith('{"event":') ? fetchEvent.safeParse(JSON.parse(line)).data : undefined;
}

function eventText({ of, stage, done = 0, total, waiting }: FetchEvent): string {
  const megabytes = (bytes: number): string => decimal((bytes / 1e6).toFixed(bytes < 10e6 ? 1 : 0));
  const amount =
    total === undefined
      ? vscode.l10n.t('{0} MB', megabytes(done))
      : vscode.l10n.t('{0} of {1} MB', megabytes(done), megabytes(total));
  const doing =
    stage === 'unpack'
      ? vscode.l10n.t('unpacking {0}: {1}', of, amount)
      : vscode.l10n.t('downloading {0}: {1}', of, amount);
  return waiting === undefined ? doing : `${doing}; ${waiting}`;
}
