/** Class sensitivity, and the comparison with another run: how alike maps are by epoch, beside random ones. */
import * as l10n from '@vscode/l10n';
import type { AgainstPoint, ClassSensitivityPoint } from '../../../src/measures/sanity/numbers';
import { styleOf } from '../../chart/palette';
import type { NumberRow, SectionContent } from '../content';
import { curveFigures, curveReadout, type ChartBasis, type CurveChart } from '../curveSection';
import { LIKENESSES, type Likeness } from '../savedState';
import type { SanityAnswer, SanityOfMethod } from './answer';
import { likenessText } from './texts';

type Point = ClassSensitivityPoint | AgainstPoint;

export interface OverEpochs {
  readonly part: 'classSensitivity' | 'against';
  readonly title: string;
  readonly likeness: Likeness;
  readonly notes: readonly string[];
}

/** The ends of the axis: a correlation can be negative, an overlap cannot. */
export function rangeOf(likeness: Likeness): { readonly min: number; readonly max: number } {
  return { min: likeness === 'topOverlap' ? 0 : -1, max: 1 };
}

export function overEpochs(
  { methods }: SanityAnswer,
  { part, title, likeness, notes }: OverEpochs,
  basis: ChartBasis,
): SectionContent {
  const pointsOf = (method: SanityOfMethod): readonly Point[] => method[part];
  const epochs = [...new Set(methods.flatMap(pointsOf).map(({ epoch }) => epoch))].sort((a, b) => a - b);
  const chart: CurveChart = {
    key: part,
    title: `${title}: ${likenessText(likeness)}`,
    range: rangeOf(likeness),
    curves: methods.flatMap((method, place) => {
      const at = (epoch: number) => pointsOf(method).find((point) => point.epoch === epoch);
      return [
        { name: method.name, style: styleOf(2 * place), at: (epoch: number) => at(epoch)?.[likeness] ?? null },
        {
          name: l10n.t('{0} and a random map', method.name),
          style: styleOf(2 * place + 1),
          at: (epoch: number) => at(epoch)?.chance[likeness] ?? null,
        },
      ];
    }),
  };
  return {
    sentences: methods.flatMap(({ sentences }) => sentences),
    figures: curveFigures([chart], epochs, basis),
    readout: curveReadout([chart], epochs, basis),
    notes,
    table: {
      heads: [l10n.t('Method'), l10n.t('Measure'), l10n.t('Of'), l10n.t('Epoch')],
      columns: ['method', 'measure', 'of', 'epoch'],
      rows: methods.flatMap((method) =>
        pointsOf(method).flatMap((point) =>
          LIKENESSES.flatMap((each) => rowsOf(method, point, each, each === likeness)),
        ),
      ),
    },
  };
}

function rowsOf({ id, name }: SanityOfMethod, point: Point, likeness: Likeness, isShown: boolean): NumberRow[] {
  const row = (text: string, of: string, numbers: NumberRow['numbers']): NumberRow => ({
    of: [name, likenessText(likeness), text, point.epoch],
    ids: [id, likeness, of, point.epoch],
    numbers,
    isShown,
  });
  return [
    row(l10n.t('the two maps'), 'maps', point[likeness]),
    row(l10n.t('a random map'), 'chance', point.chance[likeness]),
    ...(likeness === 'signed' ? [row(l10n.t('above chance'), 'aboveChance', point.aboveChance)] : []),
  ];
}
