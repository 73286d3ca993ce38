/** What is known of accuracy under attacks, as it comes. */
import type { AttackEntry, AttackProgress, AttackResult } from '../../../src/computations/attacks/schema';

export interface AttackAnswer {
  readonly entries: readonly AttackEntry[];
  /** Ascending by epoch, and there in the study's order. */
  readonly results: readonly AttackResult[];
}

export function takeAttack(answer: AttackAnswer | undefined, progress: AttackProgress): AttackAnswer | undefined {
  switch (progress.kind) {
    case 'start':
      return { results: answer?.results ?? [], entries: progress.entries };
    case 'result': {
      if (answer === undefined) return undefined;
      const others = answer.results.filter(({ entry, epoch }) => entry !== progress.entry || epoch !== progress.epoch);
      const results = [...others, progress].sort((a, b) => a.epoch - b.epoch || a.entry - b.entry);
      return { ...answer, results };
    }
    case 'count':
      return answer;
  }
}

/** Gradients of single images that are still to be taken at most. */
export function missingGradients({ entries, results }: AttackAnswer, epochs: readonly number[]): number {
  return entries.reduce((sum, { entry, attack, images }) => {
    const there = results.filter((each) => each.entry === entry && epochs.includes(each.epoch)).length;
    return sum + (epochs.length - there) * images * attack.steps * attack.restarts;
  }, 0);
}
