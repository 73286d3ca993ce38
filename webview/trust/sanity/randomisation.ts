/** Randomised weights: how alike the trained maps and those of re-drawn layers are, from the head down and each alone. */
import * as l10n from '@vscode/l10n';
import type { RandomisedPoint } from '../../../src/measures/sanity/numbers';
import { styleOf, type ChartColours, type SeriesStyle } from '../../chart/palette';
import { barSeries, plainOption, type Bar } from '../../chart/plainOption';
import type { Figure, NumberRow, SectionContent } from '../content';
import { shortNumbers } from '../numberTexts';
import { LIKENESSES, type Likeness } from '../savedState';
import type { SanityAnswer, SanityOfMethod } from './answer';
import { rangeOf } from './overEpochs';
import { likenessText, verdictText } from './texts';

const ORDERS = ['cascading', 'alone'] as const;
type Order = (typeof ORDERS)[number];

const orderText = (order: Order): string =>
  order === 'cascading' ? l10n.t('from the head down to here') : l10n.t('this one alone');

export function randomisationContent(
  { methods }: SanityAnswer,
  likeness: Likeness,
  colours: ChartColours,
): SectionContent {
  return {
    sentences: methods.flatMap(({ sentences }) => sentences),
    figures: methods.map((method) => figureOf(method, likeness, colours)),
    notes: [l10n.t('Vertical lines: 95 % intervals over images. Maps that follow from the weights become different.')],
    table: {
      heads: [l10n.t('Method'), l10n.t('Measure'), l10n.t('Re-drawn'), l10n.t('Layers'), l10n.t('Verdict')],
      columns: ['method', 'measure', 'order', 'group', 'verdict', 'of'],
      rows: methods.flatMap((method) =>
        ORDERS.flatMap((order) =>
          method[order].flatMap((point) =>
            LIKENESSES.flatMap((each) => rowsOf(method, order, point, each, each === likeness)),
          ),
        ),
      ),
    },
  };
}

function figureOf(method: SanityOfMethod, likeness: Likeness, colours: ChartColours): Figure {
  const groups = [...new Set(ORDERS.flatMap((order) => method[order].map(({ group }) => group)))];
  const title = l10n.t('{0}, layers re-drawn: {1}', method.name, likenessText(likeness));
  const pointAt = (order: Order, group: string) => method[order].find((point) => point.group === group);
  const styles: Readonly<Record<Order | 'chance', SeriesStyle>> = {
    cascading: styleOf(0),
    alone: styleOf(1),
    chance: styleOf(2),
  };
  const bars = (order: Order, left: number): Bar[] =>
    groups.flatMap((group, place) => {
      const value = pointAt(order, group)?.[likeness];
      const from = place + left;
      return value ? [{ from, to: from + 0.36, value: value.mean, interval: value.interval }] : [];
    });
  const places = groups.map((_, place) => place);
  return {
    key: `randomisation ${method.id}`,
    label: l10n.t('{0}. The arrow keys read out the layers.', title),
    content: {
      option: plainOption({
        title,
        x: {
          name: l10n.t('layers'),
          min: -1,
          max: Math.max(groups.length, 1),
          names: groups,
        },
        y: rangeOf(likeness),
        series: [
          ...barSeries(orderText('cascading'), styles.cascading, bars('cascading', -0.38), colours),
          ...barSeries(orderText('alone'), styles.alone, bars('alone', 0.02), colours),
        ],
        colours,
      }),
      epochs: places,
      pointAt: (place) => ({ seriesIndex: 0, dataIndex: 5 * place + 1 }),
    },
    own: {
      readout(value) {
        const place = Math.min(Math.max(Math.round(value ?? 0), 0), Math.max(groups.length - 1, 0));
        const group = groups[place] ?? '';
        const row = (order: Order) => {
          const point = pointAt(order, group);
          const text = shortNumbers(point?.[likeness]);
          return point === undefined ? text : `${text}, ${verdictText(point.verdict)}`;
        };
        return {
          epoch: place,
          head: group,
          heads: [likenessText(likeness)],
          rows: [
            ...ORDERS.map((order) => ({ name: orderText(order), style: styles[order], cells: [row(order)] })),
            {
              name: l10n.t('a random map'),
              cells: [shortNumbers((pointAt('cascading', group) ?? pointAt('alone', group))?.chance[likeness])],
            },
          ],
        };
      },
    },
  };
}

function rowsOf(
  { id, name }: SanityOfMethod,
  order: Order,
  point: RandomisedPoint,
  likeness: Likeness,
  isShown: boolean,
): NumberRow[] {
  const row = (of: 'maps' | 'chance', numbers: NumberRow['numbers']): NumberRow => ({
    of: [
      name,
      of === 'maps' ? likenessText(likeness) : l10n.t('{0}, a random map', likenessText(likeness)),
      orderText(order),
      point.group,
      of === 'maps' ? verdictText(point.verdict) : '',
    ],
    ids: [id, likeness, order, point.group, point.verdict, of],
    numbers,
    isShown,
  });
  return [row('maps', point[likeness]), row('chance', point.chance[likeness])];
}
