import type { EngineName } from '../../../src/engine/engine';
import { markdown, ratio } from '../markdown';
import { median } from '../statistics';
import type { FaithfulnessCost } from './measure';

export interface EngineCosts {
  readonly engine: EngineName;
  readonly costs: readonly FaithfulnessCost[];
}

/** Of each engine a row for the map alone, and one for it with its controls: the ratio is the median of the turns'. */
export function faithfulnessTable(measured: readonly EngineCosts[]): string {
  const rows = measured.flatMap(({ engine, costs }) =>
    costs.map(({ what, passes, samples }) => [
      engine,
      what,
      String(passes),
      median(samples.map(({ forward }) => forward.seconds)).toFixed(2),
      median(samples.map(({ all }) => all.seconds)).toFixed(2),
      ratio(median(samples.map(({ all, forward }) => all.seconds / forward.seconds))),
      ratio(median(samples.map(({ all, forward }) => all.processorSeconds / forward.processorSeconds))),
    ]),
  );
  return markdown([['engine', 'scored', 'passes', 'passes alone, s', 'all, s', 'ratio', 'of processor time'], ...rows]);
}
