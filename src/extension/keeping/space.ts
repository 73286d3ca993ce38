import * as vscode from 'vscode';
import { bytesText } from '../language';

const KNOWN = new Map<string, { readonly at: number; readonly text: string }>();
const FRESH_MILLISECONDS = 10_000;

/** "340 MB: checkpoints 300 MB, optimiser state 30 MB, results 10 MB". The answer is kept for some seconds. */
export async function spaceText(folder: string): Promise<string> {
  const known = KNOWN.get(folder);
  if (known !== undefined && Date.now() - known.at < FRESH_MILLISECONDS) return known.text;
  const { runSize } = await import('../../runs');
  const { all, checkpoints, optimizerStates, results } = await runSize(folder);
  const { l10n } = vscode;
  const parts = [
    l10n.t('checkpoints {0}', bytesText(checkpoints)),
    optimizerStates === 0 ? undefined : l10n.t('optimiser state {0}', bytesText(optimizerStates)),
    results === 0 ? undefined : l10n.t('results {0}', bytesText(results)),
  ];
  const text = `${bytesText(all)}: ${parts.filter((part) => part !== undefined).join(', ')}`;
  KNOWN.set(folder, { at: Date.now(), text });
  return text;
}
