/** The columns of the table: what there is, what is shown of it, and in which order. */
import { columnsOf, differingSettings, type Column, type ColumnKindId, type RunFacts } from '../../src/comparison';
import { differenceHead, plainHead, resultHead, settingHead, type PlainColumn } from './heads';
import type { SavedState } from './savedState';

export interface TableColumn {
  /** By which the comparison sorts: 'state', a setting's dotted name, a result's id, `difference:ID`. */
  readonly id: string;
  readonly head: string;
  readonly kind: 'plain' | 'setting' | 'result' | 'difference';
  /** Of a result or a difference. */
  readonly result?: Column;
  /** Whether it is shown where nobody has chosen. */
  readonly byDefault: boolean;
  /** In CSS pixels, where nobody has changed it. */
  readonly width: number;
  readonly isNumber: boolean;
}

/** Where a person would miss them. Everything else is a click away. */
const SHOWN_RESULTS: readonly ColumnKindId[] = [
  'accuracy',
  'loss',
  'perturbed',
  'attacked',
  'benchmark',
  'drop',
  'drift',
  'settling',
  'faithfulness',
  'calibration',
  'seconds',
];

export interface ColumnsInput {
  readonly facts: readonly RunFacts[];
  readonly by: SavedState['by'];
  /** Whether recipes are compared with one of them. */
  readonly compared: boolean;
  readonly severalStudies: boolean;
}

/** All columns that there is something to say in, in their default order. */
export function tableColumns({ facts, by, compared, severalStudies }: ColumnsInput): TableColumn[] {
  const isRuns = by === 'runs';
  const plain = (id: PlainColumn, byDefault: boolean, width: number): TableColumn => ({
    id,
    head: plainHead(id),
    kind: 'plain',
    byDefault,
    width,
    isNumber: id === 'seed' || id === 'epoch',
  });
  const settings = differingSettings(facts).map(({ field, values }): TableColumn => ({
    id: field,
    head: settingHead(field),
    kind: 'setting',
    byDefault: true,
    width: 120,
    isNumber: values.every((json) => json === undefined || Number.isFinite(Number(json))),
  }));
  const engines = new Set(facts.map(({ engine }) => engine));
  return [
    plain('state', true, isRuns ? 190 : 130),
    ...(severalStudies ? [plain('study', true, 130)] : []),
    ...(isRuns ? [plain('seed', true, 60)] : []),
    ...settings,
    plain('epoch', isRuns, 70),
    ...columnsOf(facts).flatMap((column) => resultColumns(column, compared, isRuns ? 110 : 170)),
    plain(
      'note',
      facts.some(({ note }) => note !== ''),
      180,
    ),
    plain('engine', engines.size > 1, 90),
    plain('created', isRuns, 150),
    ...(facts.some(({ git }) => git !== undefined) ? [plain('commit', false, 90)] : []),
  ];
}

function resultColumns(result: Column, compared: boolean, width: number): TableColumn[] {
  const byDefault = SHOWN_RESULTS.includes(result.kind);
  const common = { result, byDefault, isNumber: true };
  return [
    { id: result.id, head: resultHead(result), kind: 'result', width, ...common },
    ...(compared
      ? [
          {
            id: `difference:${result.id}`,
            head: differenceHead(result),
            kind: 'difference' as const,
            width: 190,
            ...common,
            byDefault: byDefault && result.better !== undefined,
          },
        ]
      : []),
  ];
}

/** In a person's order. A column that is not part of it stays behind the one that it stands behind by default. */
export function orderedColumns(columns: readonly TableColumn[], order: readonly string[]): TableColumn[] {
  const placed = new Map(order.map((id, place) => [id, place]));
  let place = -1;
  const keyed = columns.map((column, at) => {
    place = placed.get(column.id) ?? place;
    return { column, place, at: placed.has(column.id) ? -1 : at };
  });
  keyed.sort((a, b) => a.place - b.place || a.at - b.at);
  return keyed.map(({ column }) => column);
}

/** Those that are shown, the pinned ones first. */
export function shownColumns(columns: readonly TableColumn[], saved: SavedState['columns']): TableColumn[] {
  const shown = orderedColumns(columns, saved.order).filter(({ id, byDefault }) => saved.shown[id] ?? byDefault);
  const isPinned = ({ id }: TableColumn): boolean => saved.pinned.includes(id);
  return [...shown.filter(isPinned), ...shown.filter((column) => !isPinned(column))];
}

/** The order with one column moved before or behind its neighbour. */
export function movedColumn(columns: readonly TableColumn[], id: string, by: -1 | 1): string[] {
  const order = columns.map((column) => column.id);
  const from = order.indexOf(id);
  const to = from + by;
  if (from < 0 || to < 0 || to >= order.length) return order;
  order.splice(to, 0, ...order.splice(from, 1));
  return order;
}
