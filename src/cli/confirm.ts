import { createInterface } from 'node:readline/promises';
import { CancelledError, InputError } from '../common/errors';

/**
 * Asks on the terminal. @param option what answers beforehand
 * @throws InputError where nobody can be asked; CancelledError where the answer is no
 */
export async function confirm(question: string, option: string): Promise<void> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new InputError('this needs a yes, and nobody can be asked here', {
      place: option,
      advice: `Give ${option} if you mean it, or --dry-run to see what would go.`,
    });
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`${question} [y/N] `);
    if (!/^y(es)?$/i.test(answer.trim())) throw new CancelledError();
  } finally {
    terminal.close();
  }
}
