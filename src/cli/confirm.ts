/** Asking the person at the terminal. */
import { createInterface } from 'node:readline/promises';
import { CancelledError, InputError } from '../common/errors';

export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/** @throws CancelledError where the answer is no, or Ctrl-C is pressed */
export async function confirm(question: string, signal?: AbortSignal): Promise<void> {
  // Not as a terminal of readline's, which takes Ctrl-C for itself.
  const lines = createInterface({ input: process.stdin, terminal: false });
  const close = (): void => lines.close();
  signal?.addEventListener('abort', close, { once: true });
  process.stderr.write(`${question} [y/N] `);
  try {
    const { value = '' } = (await lines[Symbol.asyncIterator]().next()) as IteratorResult<string, undefined>;
    if (!/^y(?:es)?$/i.test(value.trim())) throw new CancelledError();
  } finally {
    signal?.removeEventListener('abort', close);
    lines.close();
  }
}

/** As `confirm`. @param option what answers beforehand @throws InputError where nobody can be asked */
export async function confirmOr(option: string, question: string): Promise<void> {
  if (!canAsk()) {
    throw new InputError('this needs a yes, and nobody can be asked here', {
      place: option,
      advice: `Give ${option} if you mean it, or --dry-run to see what would go.`,
    });
  }
  await confirm(question);
}
