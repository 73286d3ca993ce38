/** What a sweep takes, as the command line counts it before it starts. */
import * as vscode from 'vscode';
import * as z from 'zod';
import { durationText } from '../../common/duration';
import { cliProgram } from '../cliProgram';
import { runCli } from '../commands/runCli';
import type { CoreParts } from '../coreParts';
import { bytesText } from '../language';

const answerSchema = z.object({
  cost: z.object({ runs: z.number(), seconds: z.number().nullable(), bytes: z.number().nullable() }),
});

/**
 * "about 2 h · 340 MB of checkpoints"; undefined where nobody can say, which is logged.
 * @param options of `epochlens sweep`, of the cells that are meant
 */
export async function estimateText(
  { context, log }: CoreParts,
  studyFile: string,
  options: readonly string[] = [],
): Promise<string | undefined> {
  const lines: string[] = [];
  try {
    await runCli(cliProgram(context), ['sweep', studyFile, ...options, '--dry-run', '--json'], {
      signal: new AbortController().signal,
      onLine: (line) => lines.push(line),
    });
    const answer = lines.find((line) => line.startsWith('{'));
    const { seconds, bytes } = answerSchema.parse(JSON.parse(answer ?? '{}')).cost;
    return costText(seconds, bytes);
  } catch (error) {
    log.warn(`What the sweep of ${studyFile} takes is not known: ${String(error)}`);
    return undefined;
  }
}

/** @param seconds null until an epoch of the sweep was trained */
export function costText(seconds: number | null, bytes: number | null): string | undefined {
  const parts = [
    seconds === null
      ? vscode.l10n.t('time known after the first epoch')
      : vscode.l10n.t('about {0}', durationText(seconds)),
    bytes === null ? undefined : vscode.l10n.t('{0} of checkpoints', bytesText(bytes)),
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}
