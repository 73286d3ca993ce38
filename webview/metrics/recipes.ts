/** The runs that are shown, by recipe, and the means over their seeds. */
import { overSeeds, type OverSeeds } from '../../src/statistics/overSeeds';
import type { Series } from '../../src/comparison/facts';
import type { SeriesStyle } from '../chart/palette';
import { grouped } from './grouped';
import type { ShownRun } from './shown';

export interface ShownRecipe {
  readonly name: string;
  readonly style: SeriesStyle;
  readonly runs: readonly ShownRun[];
  /** Those that the means are of: one a seed, and of finished and unfinished ones the finished. */
  readonly counted: readonly ShownRun[];
}

/** In the order of their first runs. @param styleOf the style of the recipe at a place in the list of all */
export function recipesOfShown(runs: readonly ShownRun[], styles: ReadonlyMap<string, SeriesStyle>): ShownRecipe[] {
  const groups = grouped(runs, ({ curve }) => curve.recipe);
  return [...groups].map(([name, all]) => {
    const style = styles.get(name) ?? (all[0] as ShownRun).style;
    const single = all.filter(({ curve }) => !curve.repeated);
    const whole = single.filter(({ curve }) => curve.whole);
    return { name, style, runs: all, counted: whole.length > 0 ? whole : single };
  });
}

export interface BandPoint extends OverSeeds {
  readonly epoch: number;
}

/**
 * Means over runs at those epochs of which all runs have a value that have any: else the mean would move where a run ends.
 * @param range what values cannot leave
 */
export function bandOf(series: readonly Series[], range: readonly [number, number]): BandPoint[] {
  const measured = series.filter(({ values }) => values.some((value) => value !== null));
  const byEpoch = measured.map(
    ({ epochs, values }) => new Map(epochs.map((epoch, at) => [epoch, values[at] ?? null] as const)),
  );
  const [first = new Map<number, number | null>()] = byEpoch;
  return [...first.keys()].flatMap((epoch) => {
    const values = byEpoch.flatMap((each) => each.get(epoch) ?? []);
    return values.length < byEpoch.length ? [] : [{ epoch, ...overSeeds(values, range) }];
  });
}
