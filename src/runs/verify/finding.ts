/** What `verify` says of each thing of a run. */
import { shellWord } from '../../common/shellWord';

/** `notVouched` is of what an older version wrote: nothing says what it should be. */
export type Verdict = 'whole' | 'damaged' | 'missing' | 'notVouched';

export type Part =
  | 'manifest'
  | 'network'
  | 'status'
  | 'sums'
  | 'metrics'
  | 'steps'
  | 'checkpoint'
  | 'optimizerState'
  | 'result'
  | 'data';

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
  stopped: 'Restore it from a copy: without it the training goes on after the newest whole epoch.',
  result: 'Delete it: it is computed again when it is next asked for.',
  delete: 'Delete it: nothing reads it.',
} as const;

/** @param folder the run's, absolute */
export function sealAdvice(folder: string): string {
  return `If you trust it as it is:  epochlens verify ${shellWord(folder)} --seal`;
}

export const OLDER = 'an older version wrote it, without a sum';
