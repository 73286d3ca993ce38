/** The lines of a chart: runs alone, or means over seeds with the runs behind them. */
import type { Series } from '../../src/comparison/facts';
import type { SeriesStyle } from '../chart/palette';
import type { ChartKind } from './chartKinds';
import type { Part } from './measures';
import { bandOf, type BandPoint, type ShownRecipe } from './recipes';
import { partsOfMeasure, seriesOf, stepsOf } from './series';
import type { ShownRun } from './shown';
import { smoothed } from './smoothing';

/**
 * 'main': what is read; 'raw': the same before it was smoothed; 'run': one of those that a mean is of; 'steps': within
 * epochs.
 */
export type Role = 'main' | 'raw' | 'run' | 'steps';

export interface Line extends Series {
  readonly name: string;
  readonly part: Part;
  readonly role: Role;
  readonly style: SeriesStyle;
  /** Of the mean over seeds; absent of runs. */
  readonly band?: readonly BandPoint[];
}

export interface LinesInput {
  readonly kind: ChartKind;
  readonly runs: readonly ShownRun[];
  /** Absent where runs are drawn alone. */
  readonly recipes: readonly ShownRecipe[] | undefined;
  readonly parts: readonly Part[];
  /** 0 … 0.99: see `smoothed`. */
  readonly smoothing: number;
}

/** Those that lie behind others come first. */
export function linesOf(input: LinesInput): Line[] {
  const lines = input.recipes === undefined ? runLines(input) : recipeLines(input, input.recipes);
  const order: readonly Role[] = ['run', 'raw', 'steps', 'main'];
  return lines.sort((a, b) => order.indexOf(a.role) - order.indexOf(b.role));
}

function runLines({ kind: { id }, runs, parts, smoothing }: LinesInput): Line[] {
  return runs.flatMap(({ curve, style }) => {
    const name = curve.run;
    const ofSteps = stepsOf(curve.steps, id, parts);
    const steps = ofSteps === undefined ? [] : [{ ...ofSteps, name, part: 'test', role: 'steps', style } as const];
    const lines = partsOfMeasure(id, parts).flatMap((part): Line[] => {
      const series = seriesOf(curve, id, part);
      return series.epochs.length === 0 ? [] : withRaw({ ...series, name, part, role: 'main', style }, smoothing);
    });
    return [...steps.flatMap((line): Line[] => withRaw(line, smoothing)), ...lines];
  });
}

function recipeLines({ kind, parts, smoothing }: LinesInput, recipes: readonly ShownRecipe[]): Line[] {
  return recipes.flatMap(({ name, style, runs, counted }) =>
    partsOfMeasure(kind.id, parts).flatMap((part): Line[] => {
      const of = (each: readonly ShownRun[]) => each.map(({ curve }) => seriesOf(curve, kind.id, part));
      const band = bandOf(of(counted), kind.range);
      const thin = of(runs).map((series): Line => ({ ...series, name, part, role: 'run', style }));
      const mean = { epochs: band.map(({ epoch }) => epoch), values: band.map((point) => point.mean) };
      const main: Line[] =
        band.length === 0 ? [] : withRaw({ ...mean, name, part, role: 'main', style, band }, smoothing);
      return [...thin, ...main];
    }),
  );
}

/** A band stays as it is: a smoothed interval would hold for nothing. */
function withRaw(line: Line, smoothing: number): Line[] {
  if (smoothing === 0) return [line];
  const { band, ...raw } = line;
  return [
    { ...raw, ...(band === undefined ? {} : { band }), role: 'raw' },
    { ...raw, values: smoothed(line.values, smoothing) },
  ];
}
