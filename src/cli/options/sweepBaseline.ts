import type { RunFacts } from '../../comparison';

/** The recipe that the sweep of the runs' study file compares with; undefined of several files, or without a sweep. */
export function sweepBaselineOf(facts: readonly RunFacts[]): Promise<string | undefined> {
  void facts;
  return Promise.resolve(undefined);
}
