/** Whether a file of a run is as it was written. */
import { InputError } from '../common/errors';
import { readSums } from './sums';

/** What vouches for a file of an epoch: its possible sums; undefined where an older version vouched for nothing. */
export interface Voucher {
  /** Of the file, from the run folder, with '/'. */
  readonly file: string;
  readonly sums: readonly string[] | undefined;
  /** Why there is no sum, where there should be one. */
  readonly reason?: string;
}

export async function voucherOf(folder: string, file: string, epoch: number): Promise<Voucher> {
  const sums = await readSums(folder);
  if (sums === 'never kept') return { file, sums: undefined };
  if (sums === 'missing') return { file, sums: [], reason: 'sums.jsonl is missing' };
  if (epoch < sums.since) return { file, sums: undefined };
  const known = sums.of(file) ?? [];
  if (known.length > 0) return { file, sums: known };
  const [line] = sums.damaged;
  return {
    file,
    sums: [],
    reason: line === undefined ? 'sums.jsonl has none' : `line ${line} of sums.jsonl is damaged`,
  };
}

/** @throws InputError where the content is not what was written */
export function assertVouched(path: string, { sums, reason }: Voucher, found: string): void {
  if (sums === undefined || sums.includes(found)) return;
  const verify = 'To see what else is damaged: epochlens verify RUN.';
  if (sums.length === 0) {
    throw new InputError('nothing vouches for this file', {
      file: path,
      found: reason ?? 'no sum',
      expected: 'its SHA-256 in sums.jsonl',
      advice: `Restore sums.jsonl from a copy; or, if you trust the files as they are: epochlens verify RUN --seal.`,
    });
  }
  throw new InputError('the file is damaged: its bytes are not those that were written', {
    file: path,
    found: `SHA-256 ${found.slice(0, 12)}…`,
    expected: `${sums.map((sum) => `${sum.slice(0, 12)}…`).join(' or ')} as in sums.jsonl`,
    advice: `Restore it from a copy, or leave this epoch out. ${verify}`,
  });
}
