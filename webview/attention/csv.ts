/** Everything that was measured, as a table: a line for each epoch's means, and one for each image at each epoch. */
import type { Attention, AttentionImagePoint, AttentionPoint } from '../../src/protocol/attention';
import type { Estimate } from '../../src/protocol/values';
import { csvCell } from '../common/csv';
import { className } from '../common/text';

interface Column {
  readonly name: string;
  readonly mean: (point: AttentionPoint) => Estimate | null;
  readonly value: (point: AttentionImagePoint) => number | null;
}

const KINDS = ['spearman', 'topOverlap', 'centreShift'] as const;

const COLUMNS: readonly Column[] = [
  ...KINDS.map((kind) => ({
    ...{ name: `${kind}_previous`, mean: (point: AttentionPoint) => point.fromPrevious?.[kind] ?? null },
    value: (point: AttentionImagePoint) => point.fromPrevious?.[kind] ?? null,
  })),
  ...KINDS.map((kind) => ({
    ...{ name: `${kind}_last`, mean: (point: AttentionPoint) => point.fromLast[kind] },
    value: (point: AttentionImagePoint) => point.fromLast[kind],
  })),
  { name: 'entropy', mean: ({ entropy }) => entropy, value: ({ entropy }) => entropy },
  { name: 'inMask', mean: ({ inMask }) => inMask, value: ({ inMask }) => inMask },
];

/** RFC 4180, with "\n"; full precision. Means have their intervals; what cannot be said is empty. */
export function csvOf(attention: Attention, accuracies: ReadonlyMap<number, number | null>): string {
  const { classNames, epochs, images } = attention;
  const head = [
    'image',
    'label',
    'epoch',
    'test_accuracy',
    'predicted',
    'settled',
    ...COLUMNS.flatMap(({ name }) => [name, `${name}_low`, `${name}_high`, `${name}_n`]),
  ];
  const means = epochs.map((point) => [
    ...['mean', '', point.epoch, accuracies.get(point.epoch) ?? '', '', attention.settled ?? ''],
    ...COLUMNS.flatMap(({ mean }) => {
      const estimate = mean(point);
      return [estimate?.mean ?? '', estimate?.interval?.low ?? '', estimate?.interval?.high ?? '', estimate?.n ?? 0];
    }),
  ]);
  const each = images.flatMap(({ image, points, settled }) => {
    const label = image.usable && image.label !== null ? className(classNames, image.label) : '';
    return points.map((point) => [
      ...[image.name, label, point.epoch, accuracies.get(point.epoch) ?? ''],
      ...[className(classNames, point.predicted), settled ?? ''],
      ...COLUMNS.flatMap(({ value }) => [value(point) ?? '', '', '', '']),
    ]);
  });
  return `${[head, ...means, ...each].map((line) => line.map(csvCell).join(',')).join('\n')}\n`;
}
