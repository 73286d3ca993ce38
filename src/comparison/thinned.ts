import type { RunFacts, Series } from './facts';

/** The facts with, of each series, only the epochs that columns read: the final and the best one. */
export function thinned(facts: RunFacts): RunFacts {
  const read = [facts.finalEpoch, facts.bestEpoch];
  const series = Object.entries(facts.series).map(([id, { epochs, values }]): [string, Series] => {
    const places = epochs.flatMap((epoch, place) => (read.includes(epoch) ? [place] : []));
    return [id, { epochs: places.map((at) => epochs[at] ?? 0), values: places.map((at) => values[at] ?? null) }];
  });
  return { ...facts, series: Object.fromEntries(series) };
}
