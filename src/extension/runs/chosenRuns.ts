import type { CoreParts } from '../coreParts';
import { pickRun } from './pick';
import type { RunSummary } from './runSummary';
import { selectedRuns } from './selection';
import type { RunTarget } from './target';

type Parts = Pick<CoreParts, 'runStore' | 'selection'>;

/** The run that a key, a menu or a person means. */
export async function oneRun(parts: Parts, target: RunTarget, placeHolder: string): Promise<RunSummary | undefined> {
  return (await severalRuns(parts, target, [], { placeHolder }))[0];
}

interface Question {
  readonly placeHolder: string;
  readonly none?: string;
  readonly only?: (run: RunSummary) => boolean;
}

/** The runs that a key, a menu or a person means. */
export async function severalRuns(
  { runStore, selection }: Parts,
  target: RunTarget,
  others: readonly unknown[],
  question: Question,
): Promise<readonly RunSummary[]> {
  const selected = await selectedRuns(target, others, { runStore, selection });
  if (selected !== undefined) return selected;
  const run = await pickRun(target, runStore, question);
  return run === undefined ? [] : [run];
}
