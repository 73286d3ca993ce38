/** The tests' numbers as a table for other programs: full precision, a line a test and checkpoint. */
import { csvCell } from '../../common/csv';
import type { Model } from '../model';

const COLUMNS = [
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
  'clean_accuracy',
  'clean_confidence',
  'accuracy',
  'flip_rate',
  'drop_of_prediction',
  'drop_of_prediction_low',
  'drop_of_prediction_high',
  'drop_of_label',
  'drop_of_label_low',
  'drop_of_label_high',
  'spearman',
  'pearson',
  'ssim',
  'top_overlap',
  'compared',
];

/** What is not computed has no line; what is outdated says so. Accuracies and flips are in per cent. RFC 4180. */
export function testsCsv({ rows, view }: Pick<Model, 'rows' | 'view'>): string {
  const lines = rows.flatMap(({ test, checkpoint, outcome }) => {
    if (outcome === undefined) return [];
    const { images, rounds, clean, accuracy, flipRate, confidenceDrop, heatmapSimilarity } = outcome.measured;
    const { ofPrediction, ofLabel } = confidenceDrop;
    const { spearman, pearson, ssim, topOverlap, compared } = heatmapSimilarity;
    return [
      [
        ...[view.studyName, view.run, test.entry + 1, test.title, checkpoint.epoch, checkpoint.testAccuracy ?? ''],
        ...[
          outcome.kind,
          outcome.misses.join('; '),
          images,
          rounds,
          clean.accuracy,
          clean.confidence,
          accuracy,
          flipRate,
        ],
        ...[ofPrediction.mean, ofPrediction.low, ofPrediction.high, ofLabel.mean, ofLabel.low, ofLabel.high],
        ...[spearman ?? '', pearson ?? '', ssim ?? '', topOverlap ?? '', compared],
      ],
    ];
  });
  return [COLUMNS, ...lines].map((line) => `${line.map(csvCell).join(',')}\r\n`).join('');
}
