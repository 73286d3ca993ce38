/** What `verify` says of each thing of a run. */

/** `notVouched` is of what an older version wrote: nothing says what it should be. */
export type Verdict = 'whole' | 'damaged' | 'missing' | 'notVouched';

export type Part = 'manifest' | 'sums' | 'metrics' | 'checkpoint' | 'optimizerState' | 'result' | 'data';

export interface Finding {
  readonly part: Part;
  /** From the run folder, with '/'; of the data set absolute. */
  readonly file: string;
  /** Where in the file, such as "line 3 (epoch 2)". */
  readonly place?: string;
  readonly verdict: Verdict;
  /** What is wrong. */
  readonly detail?: string;
  /** What to do. */
  readonly advice?: string;
}

/** Whether the run is not what it was: damaged or missing, anywhere. */
export function isDamage({ verdict }: Finding): boolean {
  return verdict === 'damaged' || verdict === 'missing';
}

export const ADVICE = {
  restore: 'Restore it from a copy.',
  checkpoint: 'Restore it from a copy, or leave this epoch out.',
  seal: 'If you trust it as it is: epochlens verify RUN --seal.',
  result: 'Delete it: it is computed again when it is next asked for.',
  delete: 'Delete it: nothing reads it.',
} as const;

export const OLDER = 'an older version wrote it, without a sum';
