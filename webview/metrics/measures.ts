/** The metrics of an epoch that can be shown. */
import * as l10n from '@vscode/l10n';
import type { EpochValues, RunCurve } from '../../src/protocol/metrics';
import { rateOfPercent } from '../../src/statistics';
import { noRateInterval } from '../common/basisText';
import { decimal } from '../common/text';

export type Measure = 'accuracy' | 'loss';
export const PARTS = ['test', 'validation', 'train'] as const;
export type Part = (typeof PARTS)[number];

/** Of the chosen ones those that some run has: few keep validation images back. */
export function partsOf(curves: readonly Pick<RunCurve, 'epochs'>[], chosen: readonly Part[] = PARTS): Part[] {
  const isSplit = curves.some(({ epochs }) =>
    epochs.some(({ validationAccuracy }) => validationAccuracy !== undefined),
  );
  return PARTS.filter((part) => chosen.includes(part) && (part !== 'validation' || isSplit));
}

export function partText(part: Part): string {
  const texts = { test: l10n.t('Test'), validation: l10n.t('Validation'), train: l10n.t('Training') };
  return texts[part];
}

/** How a run is called where several studies' are shown. */
export function runTitle({ studyName, name }: Pick<RunCurve, 'studyName' | 'name'>): string {
  return `${studyName} · ${name}`;
}

export function valueOf(values: EpochValues, measure: Measure, part: Part): number | null {
  if (part === 'validation')
    return (measure === 'accuracy' ? values.validationAccuracy : values.validationLoss) ?? null;
  if (measure === 'accuracy') return part === 'test' ? values.testAccuracy : values.trainAccuracy;
  return part === 'test' ? values.testLoss : values.trainLoss;
}

export function formatValue(value: number | null | undefined, measure: Measure): string {
  if (value === null || value === undefined) return '–';
  return decimal(measure === 'accuracy' ? value.toFixed(1) : value.toPrecision(4));
}

/** "89.8 … 93.2, 916 of 1000" for the test accuracy; empty where the number of images is unknown. */
export function testBasis({ testAccuracy, testImages }: Pick<EpochValues, 'testAccuracy' | 'testImages'>): string {
  return basisOf(testAccuracy, testImages);
}

/** The same of the validation accuracy. */
export function validationBasis({ validationAccuracy, validationImages }: EpochValues): string {
  return basisOf(validationAccuracy, validationImages);
}

function basisOf(percent: number | null | undefined, images: number | undefined): string {
  const rate = rateOfPercent(percent, images);
  if (rate === undefined) return '';
  const { count, of, interval } = rate;
  const within =
    interval === null ? noRateInterval() : decimal(`${interval.low.toFixed(1)} … ${interval.high.toFixed(1)}`);
  return l10n.t('{0}, {1} of {2}', within, count, of);
}
