/** Checkpoints, optimiser states and the network's graph against their rows in sums.jsonl. */
import { join } from 'node:path';
import { STOPPED_FILE } from '../paths';
import type { NoSums, Sums } from '../sums/sums';
import type { EpochToCheck } from './expected';
import { ADVICE, OLDER, sealAdvice, type Finding, type Part } from './finding';
import { hashFile, type HashWatch } from '../../common/hashFile';

function adviceOf(file: string, part: Part): string {
  if (file === STOPPED_FILE) return ADVICE.stopped;
  return part === 'checkpoint' ? ADVICE.checkpoint : ADVICE.restore;
}

/** @throws CancelledError */
export async function verifyEpochFile(
  folder: string,
  { epoch, file, isThere }: EpochToCheck,
  part: Extract<Part, 'network' | 'checkpoint' | 'optimizerState'>,
  sums: Sums | NoSums,
  watch: HashWatch,
): Promise<Finding> {
  const seal = sealAdvice(folder);
  const advice = adviceOf(file, part);
  if (!isThere) return { part, file, verdict: 'missing', detail: 'it was written, and is gone', advice };
  let found: string;
  try {
    found = await hashFile(join(folder, file), watch);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    return { part, file, verdict: 'damaged', detail: `it cannot be read (${String(error.code)})`, advice };
  }
  if (sums === 'never kept') return { part, file, verdict: 'notVouched', detail: OLDER, advice: seal };
  if (sums === 'missing') {
    return { part, file, verdict: 'damaged', detail: 'sums.jsonl, which vouched for it, is gone', advice: seal };
  }
  const known = sums.of(file);
  if (known === null) {
    return {
      part,
      file,
      verdict: 'damaged',
      detail: 'sums.jsonl says that it was deleted, and has a damaged row, which may say otherwise',
      advice: ADVICE.restore,
    };
  }
  if (known.includes(found)) return { part, file, verdict: 'whole' };
  if (known.length > 0) {
    return { part, file, verdict: 'damaged', detail: 'its bytes are not those that were written', advice };
  }
  return epoch < sums.since
    ? { part, file, verdict: 'notVouched', detail: OLDER, advice: seal }
    : { part, file, verdict: 'damaged', detail: 'sums.jsonl has no row for it', advice: seal };
}
