/** The tests' numbers as a table for other programs: full precision, a line a test and checkpoint. */
import { ROBUSTNESS_MEASURES } from '../../../src/measures/robustness/measures';
import type { Estimate, Rate } from '../../../src/statistics/schemas';
import { percentOf } from '../../../src/statistics';
import { csvText } from '../../common/csv';
import type { RobustnessState } from '../robustnessState';

type Cell = string | number;

const RATES = ROBUSTNESS_MEASURES.filter((measure) => measure.kind === 'rate');
const MEANS = ROBUSTNESS_MEASURES.filter((measure) => measure.kind === 'mean');

const HEAD = [
  'study',
  'run',
  'perturbation',
  'title',
  'epoch',
  'test_accuracy',
  'result',
  'misses',
  'images',
  'rounds',
  ...RATES.flatMap(({ column: name }) => [name, `${name}_low`, `${name}_high`, `${name}_count`, `${name}_of`]),
  ...MEANS.flatMap(({ column: name }) => [name, `${name}_low`, `${name}_high`, `${name}_n`]),
  'compared',
];

/**
 * A missing result has no row; an outdated one is marked. Accuracies and flip rates are in per cent. Cells of an
 * interval are empty where there is none. RFC 4180.
 */
export function testsCsv({ rows, view }: Pick<RobustnessState, 'rows' | 'view'>): string {
  const lines = rows.flatMap(({ test, checkpoint, outcome }): Cell[][] => {
    if (outcome === undefined) return [];
    const { measured } = outcome;
    return [
      [
        view.studyName,
        view.run,
        test.entry + 1,
        test.title,
        checkpoint.epoch,
        checkpoint.testAccuracy ?? '',
        outcome.kind,
        outcome.misses.join('; '),
        measured.images,
        measured.rounds,
        ...RATES.flatMap(({ of }) => rateCells(of(measured))),
        ...MEANS.flatMap(({ of }) => meanCells(of(measured))),
        measured.heatmapSimilarity.compared,
      ],
    ];
  });
  return csvText([HEAD, ...lines]);
}

function rateCells(rate: Rate): Cell[] {
  return [percentOf(rate), rate.interval?.low ?? '', rate.interval?.high ?? '', rate.count, rate.of];
}

function meanCells(estimate: Estimate | null): Cell[] {
  if (estimate === null) return ['', '', '', 0];
  const { mean, n, interval } = estimate;
  return [mean, interval?.low ?? '', interval?.high ?? '', n];
}
