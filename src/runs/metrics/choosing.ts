/** By which images the best epoch of a run is chosen. */
import type { EpochMetrics } from './metrics';

/** Those that a validation split keeps back from training, where there is one. */
export type ChosenBy = 'validation' | 'test';

type Measured = Pick<EpochMetrics, 'epoch' | 'testAccuracy' | 'validationAccuracy'>;

/** @returns by epoch, in per cent; null where it was not measured */
export function choosingAccuracies(metrics: readonly Measured[]): {
  readonly accuracies: Map<number, number | null>;
  readonly chosenBy: ChosenBy;
} {
  const chosenBy = metrics.some(({ validationAccuracy }) => validationAccuracy !== undefined) ? 'validation' : 'test';
  const of = ({ testAccuracy, validationAccuracy = null }: Measured): number | null =>
    chosenBy === 'validation' ? validationAccuracy : testAccuracy;
  return { accuracies: new Map(metrics.map((each) => [each.epoch, of(each)])), chosenBy };
}
