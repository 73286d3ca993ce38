/** Whether a file of a run is as it was written. */
import { InputError } from '../../common/errors';
import { shellWord } from '../../common/shellWord';
import { readSums } from './sums';

/** What vouches for a file of an epoch. */
export interface Voucher {
  /** The run's. */
  readonly folder: string;
  /** Of the file, from the run folder, with '/'. */
  readonly file: string;
  /** The SHA-256 that it may have; undefined where an older version vouched for nothing. */
  readonly sums: readonly string[] | undefined;
  /** Why there is none, where there should be one. */
  readonly reason?: string;
  /** See `Sums`: a sum that stands in a damaged row is one, too. */
  readonly isInDamagedRow?: (sha256: string) => boolean;
}

export async function voucherOf(folder: string, file: string, epoch: number): Promise<Voucher> {
  const sums = await readSums(folder);
  if (sums === 'never kept') return { folder, file, sums: undefined };
  if (sums === 'missing') return { folder, file, sums: [], reason: 'sums.jsonl is missing' };
  if (epoch < sums.since) return { folder, file, sums: undefined };
  const known = sums.of(file) ?? [];
  if (known.length > 0) return { folder, file, sums: known };
  const [line] = sums.damaged;
  const reason = line === undefined ? 'sums.jsonl has none' : `line ${line} of sums.jsonl is damaged`;
  return { folder, file, sums: [], reason, isInDamagedRow: sums.isInDamagedRow };
}

/** @throws InputError where the content is not what was written */
export function assertVouched(path: string, voucher: Voucher, found: string): void {
  const { folder, file, sums, reason, isInDamagedRow } = voucher;
  if (sums === undefined || sums.includes(found) || isInDamagedRow?.(found) === true) return;
  const verify = `epochlens verify ${shellWord(folder)}`;
  if (sums.length === 0) {
    throw new InputError('nothing vouches for this file', {
      file: path,
      found: reason ?? 'no sum',
      expected: 'its SHA-256 in sums.jsonl',
      advice: `Restore sums.jsonl from a copy; or, if you trust the files as they are: ${verify} --seal`,
    });
  }
  const without = file.startsWith('checkpoints/') ? ', or leave this epoch out' : '';
  throw new InputError('the file is damaged: its bytes are not those that were written', {
    file: path,
    found: `SHA-256 ${found.slice(0, 12)}…`,
    expected: `${sums.map((sum) => `${sum.slice(0, 12)}…`).join(' or ')} as in sums.jsonl`,
    advice: `Restore it from a copy${without}. To see what else is damaged: ${verify}`,
  });
}
