import { bytesText } from '../../common/bytesText';

const KNOWN = new Map<string, { readonly at: number; readonly text: string }>();
const FRESH_MILLISECONDS = 10_000;

/** "Takes 340 MB: checkpoints 300 MB, optimiser state 30 MB, results 10 MB". The answer is kept for some seconds. */
export async function spaceText(folder: string): Promise<string> {
  const known = KNOWN.get(folder);
  if (known !== undefined && Date.now() - known.at < FRESH_MILLISECONDS) return known.text;
  const { runSize } = await import('../../runs');
  const { all, checkpoints, optimizerStates, results } = await runSize(folder);
  const parts = [
    `checkpoints ${bytesText(checkpoints)}`,
    optimizerStates === 0 ? undefined : `optimiser state ${bytesText(optimizerStates)}`,
    results === 0 ? undefined : `results ${bytesText(results)}`,
  ];
  const text = `Takes ${bytesText(all)}: ${parts.filter((part) => part !== undefined).join(', ')}`;
  KNOWN.set(folder, { at: Date.now(), text });
  return text;
}
