/** Whether what is to stay is whole: a run must not be left with damaged checkpoints alone. */
import { InputError } from '../../common/errors';
import { shellWord } from '../../common/shellWord';
import { checkpointFile } from '../paths';
import { optimizerStateFile } from '../checkpoints/optimizerState';
import { readSums } from '../sums/sums';
import { verifyEpochFile } from '../verify/epochs';
import { isDamage, type Finding } from '../verify/finding';

export interface FilesThatStay {
  readonly checkpoints: readonly number[];
  readonly optimizerStates: readonly number[];
}

/** The first that is damaged, or cannot be read. What an older version vouched for by nothing counts as whole. */
export async function firstDamaged(folder: string, stays: FilesThatStay): Promise<Finding | undefined> {
  const files = [
    ...stays.checkpoints.map((epoch) => ({ epoch, file: checkpointFile(epoch), part: 'checkpoint' as const })),
    ...stays.optimizerStates.map((epoch) => ({
      epoch,
      file: optimizerStateFile(epoch),
      part: 'optimizerState' as const,
    })),
  ];
  for (const { epoch, file, part } of files) {
    const sums = await readSums(folder);
    const finding = await verifyEpochFile(folder, { epoch, file, isThere: true }, part, sums, {});
    if (!isDamage(finding)) continue;
    // Another process may delete it at this moment, and says so first: it does not stay then.
    const now = await readSums(folder);
    if (typeof now === 'string' || now.of(file) !== null) return finding;
  }
  return undefined;
}

export function damagedStays(folder: string, { file, detail }: Finding): InputError {
  return new InputError('a file that is to stay is damaged: nothing is deleted', {
    file: folder,
    place: file,
    ...(detail === undefined ? {} : { found: detail }),
    expected: 'what was written',
    advice: `Restore it from a copy, or keep other epochs. See all that is wrong by:  epochlens verify ${shellWord(folder)}`,
  });
}
