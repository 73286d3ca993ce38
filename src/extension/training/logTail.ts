import * as vscode from 'vscode';
import { readRegularFile } from '../../common/regularFile';
import { runPaths } from '../../runs/paths';
import type { Launch } from '../runs/launches';

/** What the training has printed since it was launched. */
export async function launchOutput({ folder, logOffset }: Launch): Promise<string> {
  const log = await readRegularFile(runPaths(folder).log).catch(() => undefined);
  return log?.subarray(logOffset).toString('utf8').trim() ?? '';
}

/** The reason in the command line's words, `epochlens: …`; otherwise the last line. */
export function reasonIn(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const said = lines.findLast((line) => line.startsWith('epochlens: '));
  return (
    said?.slice('epochlens: '.length) ?? lines.at(-1)?.trim() ?? vscode.l10n.t('its process was ended from outside')
  );
}
