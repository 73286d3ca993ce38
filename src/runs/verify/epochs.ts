/** Checkpoints and optimiser states against their rows in sums.jsonl. */
import { join } from 'node:path';
import type { NoSums, Sums } from '../sums';
import type { EpochToCheck } from './expected';
import { ADVICE, OLDER, type Finding, type Part } from './finding';
import { hashFile, type HashWatch } from './hashFile';

/** @throws CancelledError */
export async function verifyEpochFile(
  folder: string,
  { epoch, file, isThere }: EpochToCheck,
  part: Extract<Part, 'checkpoint' | 'optimizerState'>,
  sums: Sums | NoSums,
  watch: HashWatch,
): Promise<Finding> {
  const advice = part === 'checkpoint' ? ADVICE.checkpoint : ADVICE.restore;
  if (!isThere) return { part, file, verdict: 'missing', detail: 'it was written, and is gone', advice };
  let found: string;
  try {
    found = await hashFile(join(folder, file), watch);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    return { part, file, verdict: 'damaged', detail: `it cannot be read (${String(error.code)})`, advice };
  }
  if (sums === 'never kept') return { part, file, verdict: 'notVouched', detail: OLDER, advice: ADVICE.seal };
  if (sums === 'missing') {
    return { part, file, verdict: 'damaged', detail: 'sums.jsonl, which vouched for it, is gone', advice: ADVICE.seal };
  }
  const known = sums.of(file);
  if (known === null) {
    return {
      part,
      file,
      verdict: 'damaged',
      detail: 'it was to be deleted, and is still there',
      advice: ADVICE.delete,
    };
  }
  if (known.includes(found)) return { part, file, verdict: 'whole' };
  if (known.length > 0) {
    return { part, file, verdict: 'damaged', detail: 'its bytes are not those that were written', advice };
  }
  return epoch < sums.since
    ? { part, file, verdict: 'notVouched', detail: OLDER, advice: ADVICE.seal }
    : { part, file, verdict: 'damaged', detail: 'sums.jsonl has no row for it', advice: ADVICE.seal };
}
