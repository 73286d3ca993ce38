import type { RunFacts } from './facts';

/** The recipe that the sweep of the runs' study file compares with; undefined of several files, or without a sweep. */
export function sweepBaselineOf(facts: readonly Pick<RunFacts, 'studyFile' | 'sweepBaseline'>[]): string | undefined {
  const files = new Set(facts.map(({ studyFile }) => studyFile));
  return files.size === 1 ? facts[0]?.sweepBaseline : undefined;
}
