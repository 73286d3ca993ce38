/** All measurements as a table: a row for each epoch's means, and one for each image at each epoch. */
import { settledEpoch } from '../../src/measures/drift';
import type { Attention } from '../../src/protocol/engine';
import { MOVEMENT_MEASURES, type Movement } from '../../src/measures/drift/movementMeasures';
import type { AttentionImagePoint, AttentionPoint, MeanMovement } from '../../src/measures/drift/numbers';
import type { Estimate } from '../../src/statistics/schemas';
import { csvText } from '../common/csv';
import { className } from '../common/text';

interface Column {
  readonly name: string;
  readonly mean: (point: AttentionPoint) => Estimate | null;
  readonly value: (point: AttentionImagePoint) => number | null;
}

/** What is compared: of which class, and from which checkpoint. */
interface Comparison {
  readonly name: string;
  readonly mean: (point: AttentionPoint) => MeanMovement | null;
  readonly value: (point: AttentionImagePoint) => Movement | null;
}

const OF_TARGET: readonly Comparison[] = [
  { name: 'previous', mean: ({ fromPrevious }) => fromPrevious, value: ({ fromPrevious }) => fromPrevious },
  { name: 'last', mean: ({ fromLast }) => fromLast, value: ({ fromLast }) => fromLast },
];
const OF_ONE_CLASS: readonly Comparison[] = (['lastPrediction', 'label'] as const).flatMap((which) => [
  {
    name: `previous_${which}`,
    mean: ({ fixed }) => fixed[which]?.fromPrevious ?? null,
    value: ({ fixed }) => fixed[which]?.fromPrevious ?? null,
  },
  {
    name: `last_${which}`,
    mean: ({ fixed }) => fixed[which]?.fromLast ?? null,
    value: ({ fixed }) => fixed[which]?.fromLast ?? null,
  },
]);

function columnsOf(comparisons: readonly Comparison[]): Column[] {
  return comparisons.flatMap(({ name, mean, value }) =>
    MOVEMENT_MEASURES.map(({ key }) => ({
      name: `${key}_${name}`,
      mean: (point: AttentionPoint) => mean(point)?.[key] ?? null,
      value: (point: AttentionImagePoint) => value(point)?.[key] ?? null,
    })),
  );
}

const COLUMNS: readonly Column[] = [
  ...columnsOf(OF_TARGET),
  { name: 'entropy', mean: ({ entropy }) => entropy, value: ({ entropy }) => entropy },
  { name: 'inMask', mean: ({ inMask }) => inMask, value: ({ inMask }) => inMask },
  ...columnsOf(OF_ONE_CLASS),
];

/** RFC 4180 with "\n", at full precision. Means have their intervals; unknown values are empty. */
export function csvOf(attention: Attention, accuracies: ReadonlyMap<number, number | null>): string {
  const { classNames, epochs, images, settling } = attention;
  const head = [
    'image',
    'label',
    'epoch',
    'test_accuracy',
    'predicted',
    'settled',
    ...COLUMNS.flatMap(({ name }) => [name, `${name}_low`, `${name}_high`, `${name}_n`]),
    'settled_lastPrediction',
    'settled_label',
    'predicted_otherwise_previous',
    'predicted_otherwise_last',
    'images',
  ];
  const means = epochs.map((point) => [
    'mean',
    '',
    point.epoch,
    accuracies.get(point.epoch) ?? '',
    '',
    settledEpoch(settling.target) ?? '',
    ...COLUMNS.flatMap(({ mean }) => {
      const estimate = mean(point);
      return [estimate?.mean ?? '', estimate?.interval?.low ?? '', estimate?.interval?.high ?? '', estimate?.n ?? 0];
    }),
    settledEpoch(settling.lastPrediction) ?? '',
    (settling.label && settledEpoch(settling.label)) ?? '',
    point.changed.fromPrevious ?? '',
    point.changed.fromLast,
    point.fromLast.of,
  ]);
  const each = images.flatMap(({ image, points, settled, settledFixed }) => {
    const label = image.usable && image.label !== null ? className(classNames, image.label) : '';
    const last = points.at(-1)?.predicted;
    return points.map((point, place) => {
      const previous = points[place - 1]?.predicted;
      return [
        image.name,
        label,
        point.epoch,
        accuracies.get(point.epoch) ?? '',
        className(classNames, point.predicted),
        settled ?? '',
        ...COLUMNS.flatMap(({ value }) => [value(point) ?? '', '', '', '']),
        settledFixed.lastPrediction ?? '',
        settledFixed.label ?? '',
        previous === undefined ? '' : Number(point.predicted !== previous),
        Number(point.predicted !== last),
        1,
      ];
    });
  });
  return csvText([head, ...means, ...each], '\n');
}
