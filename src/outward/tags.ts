/** What measures are called outside: "group/name", for tools that put what is of one group beside each other. */
import { columnOf, COLUMN_KIND_IDS, type ColumnKindId } from '../comparison';

/** By kind of column; where a column is of something, such as a perturbation, that is the name. */
const TAGS: Readonly<Record<ColumnKindId, string>> = {
  accuracy: 'accuracy/test',
  loss: 'loss/test',
  validationAccuracy: 'accuracy/validation',
  validationLoss: 'loss/validation',
  trainAccuracy: 'accuracy/train',
  trainLoss: 'loss/train',
  attackedAccuracy: 'accuracy/under attack while training',
  learningRate: 'training/learning rate',
  perturbed: 'perturbed accuracy',
  drop: 'confidence drop',
  attacked: 'accuracy under attack',
  benchmark: 'benchmark accuracy',
  similarity: 'heatmap similarity',
  drift: 'drift/from the checkpoint before',
  driftFromLast: 'drift/from the last checkpoint',
  settling: 'drift/epoch when heatmaps settle',
  faithfulness: 'faithfulness',
  calibration: 'calibration',
  imagesPerSecond: 'training/images per second',
  seconds: 'training/seconds',
};

/** Within an epoch, where the step is that of the optimiser. */
export const STEP_TAGS = {
  loss: 'steps/train loss',
  accuracy: 'steps/train accuracy',
  learningRate: 'steps/learning rate',
  imagesPerSecond: 'steps/images per second',
} as const;

/** Undefined where an id is no column's. @param id such as "accuracy" or "perturbed:rotation ±15°" */
export function tagOf(id: string): string | undefined {
  const column = columnOf(id);
  return column && (column.of === '' ? TAGS[column.kind] : `${TAGS[column.kind]}/${column.of}`);
}

/** In the order of a table's columns, and within a kind as they come. */
export function inOrderOfColumns(ids: readonly string[]): string[] {
  const place = (id: string): number => COLUMN_KIND_IDS.indexOf(columnOf(id)?.kind ?? 'seconds');
  return [...ids].sort((a, b) => place(a) - place(b));
}
