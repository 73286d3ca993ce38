/** How far methods agree, two by two, over epochs. */
import * as l10n from '@vscode/l10n';
import type { Agreement } from '../../../src/computations/agreement/schema';
import { agreementTexts } from '../../../src/measures/agreement/text';
import { styleOf } from '../../chart/palette';
import type { NumberRow, SectionContent } from '../content';
import { curveFigures, curveReadout, type ChartBasis, type CurveChart } from '../curveSection';

const MEASURES = ['spearman', 'topOverlap'] as const;
type Measure = (typeof MEASURES)[number];

const measureText = (measure: Measure): string =>
  measure === 'spearman' ? l10n.t('Rank correlation of heatmaps') : l10n.t('Overlap of the hottest 20 %');

export function agreementContent(answer: Agreement, basis: ChartBasis): SectionContent {
  const { methods, pairs, epochs } = answer;
  const nameOf = ({ a, b }: Agreement['pairs'][number]): string =>
    l10n.t('{0} and {1}', methods[a]?.name ?? '', methods[b]?.name ?? '');
  const charts = MEASURES.map((measure): CurveChart => ({
    key: measure,
    title: measureText(measure),
    range: { min: measure === 'spearman' ? -1 : 0, max: 1 },
    curves: pairs.map((pair, place) => ({
      name: nameOf(pair),
      style: styleOf(place),
      at: (epoch) => epochs.find((each) => each.epoch === epoch)?.pairs[place]?.[measure] ?? null,
    })),
  }));
  const all = epochs.map(({ epoch }) => epoch);
  const same = pairs.filter(({ isSame }) => isSame).map(nameOf);
  return {
    sentences: agreementTexts(answer),
    figures: curveFigures(charts, all, basis),
    readout: curveReadout(charts, all, basis),
    notes: [
      ...same.map((pair) => l10n.t('{0} give the same maps at this layer by construction.', pair)),
      l10n.t('Two methods are compared on the coarser of their grids.'),
    ],
    table: {
      heads: [l10n.t('Methods'), l10n.t('Measure'), l10n.t('Epoch')],
      columns: ['method', 'other', 'measure', 'epoch'],
      rows: epochs.flatMap(({ epoch, pairs: values }) =>
        pairs.flatMap((pair, place) =>
          MEASURES.map((measure): NumberRow => ({
            of: [nameOf(pair), measureText(measure), epoch],
            ids: [methods[pair.a]?.id ?? '', methods[pair.b]?.id ?? '', measure, epoch],
            numbers: values[place]?.[measure] ?? null,
            isShown: true,
          })),
        ),
      ),
    },
  };
}
