/**
 * The results that a table of runs can show, and curves over epochs: each kind is a record here, and what facts hold of its id
 * is shown. An id is the kind, or the kind and what it is of: "accuracy", "perturbed:rotation 15°".
 */
import { scoreOf, SCORE_IDS, type ScoreId } from '../measures/faithfulness/scores';
import type { RunFacts } from './facts';

export type Better = 'higher' | 'lower' | undefined;

interface ColumnKind {
  /** At the head of a column, in English. @param of what follows the colon of an id */
  readonly head: (of: string) => string;
  /** After a number: '%', 's', or nothing. */
  readonly unit: '' | '%' | 's';
  /** After the decimal point. */
  readonly digits: number;
  readonly better: Better | ((of: string) => Better);
  /** What a value cannot leave. */
  readonly range: readonly [low: number, high: number];
  /** A series over epochs, or one number of a run, which is the same at the final and at the best epoch. */
  readonly per: 'epoch' | 'run';
}

const ANY = [-Infinity, Infinity] as const;
const FROM_ZERO = [0, Infinity] as const;
const PERCENT = [0, 100] as const;
const accuracy = { unit: '%', digits: 2, better: 'higher', range: PERCENT, per: 'epoch' } as const;
const loss = { unit: '', digits: 3, better: 'lower', range: FROM_ZERO, per: 'epoch' } as const;
/** Of heatmaps at two checkpoints, or of an image and its perturbed self. */
const correlation = { unit: '', digits: 3, range: [-1, 1], per: 'epoch' } as const;

/** In the order of a table's columns. */
export const COLUMN_KINDS = {
  accuracy: { head: () => 'Test accuracy', ...accuracy },
  loss: { head: () => 'Test loss', ...loss },
  validationAccuracy: { head: () => 'Validation accuracy', ...accuracy },
  validationLoss: { head: () => 'Validation loss', ...loss },
  trainAccuracy: { head: () => 'Training accuracy', ...accuracy, better: undefined },
  trainLoss: { head: () => 'Training loss', ...loss, better: undefined },
  attackedAccuracy: { head: () => 'Accuracy under attack while training', ...accuracy },
  learningRate: { head: () => 'Learning rate', ...loss, digits: 5, better: undefined },
  perturbed: { head: (of) => `Accuracy, ${of}`, ...accuracy },
  drop: { head: (of) => `Confidence drop, ${of}`, unit: '', digits: 3, better: 'lower', range: [-1, 1], per: 'epoch' },
  attacked: { head: (of) => `Accuracy, ${of}`, ...accuracy },
  benchmark: { head: (of) => `Accuracy, ${of}`, ...accuracy },
  similarity: { head: (of) => `Heatmap correlation, ${of}`, ...correlation, better: 'higher' },
  drift: { head: () => 'Drift: heatmap correlation with the checkpoint before', ...correlation, better: undefined },
  driftFromLast: { head: () => 'Heatmap correlation with the last checkpoint', ...correlation, better: undefined },
  settling: {
    head: () => 'Epoch when heatmaps settle',
    unit: '',
    digits: 1,
    better: undefined,
    range: FROM_ZERO,
    per: 'run',
  },
  faithfulness: {
    head: (of) => (isScore(of) ? scoreOf(of).name : of),
    unit: '',
    digits: 3,
    better: (of) => (isScore(of) ? (scoreOf(of).better ?? undefined) : undefined),
    range: ANY,
    per: 'epoch',
  },
  calibration: {
    head: (of) => CALIBRATION_HEADS[of] ?? of,
    unit: '',
    digits: 3,
    better: (of) => (of in CALIBRATION_HEADS ? (of === 'overconfidence' ? undefined : 'lower') : undefined),
    range: ANY,
    per: 'epoch',
  },
  imagesPerSecond: { head: () => 'Images a second', ...loss, digits: 0, better: undefined },
  seconds: { head: () => 'Training time', unit: 's', digits: 0, better: undefined, range: FROM_ZERO, per: 'run' },
} as const satisfies Readonly<Record<string, ColumnKind>>;
export type ColumnKindId = keyof typeof COLUMN_KINDS;
export const COLUMN_KIND_IDS = Object.keys(COLUMN_KINDS) as readonly ColumnKindId[];

/** By the score of an id such as "calibration:ece". */
const CALIBRATION_HEADS: Readonly<Record<string, string>> = {
  ece: 'Calibration error (ECE)',
  nll: 'Negative log-likelihood',
  brier: 'Brier score',
  overconfidence: 'Overconfidence',
};

function isScore(of: string): of is ScoreId {
  return (SCORE_IDS as readonly string[]).includes(of);
}

/** A column of a table, or a measure of curves. */
export interface Column {
  readonly id: string;
  readonly kind: ColumnKindId;
  /** What it is of: a perturbation's title, a score; '' where its kind says all. */
  readonly of: string;
  readonly head: string;
  readonly unit: ColumnKind['unit'];
  readonly digits: number;
  readonly better: Better;
  readonly range: readonly [low: number, high: number];
  readonly per: ColumnKind['per'];
}

/** At which epoch of a run a measure is taken: its newest one, or the one of the best accuracy. */
export type At = 'final' | 'best';

/** Undefined where an id is of no kind. */
export function columnOf(id: string): Column | undefined {
  const colon = id.indexOf(':');
  const [kind, of] = colon < 0 ? [id, ''] : [id.slice(0, colon), id.slice(colon + 1)];
  if (!isKind(kind)) return undefined;
  const { head, unit, digits, better, range, per }: ColumnKind = COLUMN_KINDS[kind];
  return {
    id,
    kind,
    of,
    head: head(of),
    unit,
    digits,
    better: typeof better === 'function' ? better(of) : better,
    range,
    per,
  };
}

function isKind(text: string): text is ColumnKindId {
  return Object.hasOwn(COLUMN_KINDS, text);
}

/** The columns of which any run has a number, in the order of kinds, and within one as the runs have them. */
export function columnsOf(facts: readonly RunFacts[]): Column[] {
  const ids = new Set(
    facts.flatMap(({ series, values }) => [
      ...Object.keys(series).filter((id) => series[id]?.values.some((value) => value !== null)),
      ...Object.keys(values).filter((id) => values[id] !== null),
    ]),
  );
  const columns = [...ids].flatMap((id) => columnOf(id) ?? []);
  return columns.sort((a, b) => COLUMN_KIND_IDS.indexOf(a.kind) - COLUMN_KIND_IDS.indexOf(b.kind));
}

/** The epoch of a run that is meant; null where it is not known. */
export function epochAt({ finalEpoch, bestEpoch }: RunFacts, at: At): number | null {
  return at === 'final' ? finalEpoch : bestEpoch;
}

/** Null where it was not measured at that very epoch: a neighbour's number would be another's. */
export function valueAt(facts: RunFacts, { id, per }: Pick<Column, 'id' | 'per'>, at: At): number | null {
  if (per === 'run') return facts.values[id] ?? null;
  const series = facts.series[id];
  const place = series?.epochs.indexOf(epochAt(facts, at) ?? -1) ?? -1;
  return series?.values[place] ?? null;
}

/** By which images the best epochs of runs were chosen, a sentence for a table that shows them. */
export function bestNote(facts: readonly RunFacts[]): string {
  const chosenBy = new Set(facts.map((each) => each.chosenBy));
  if (!chosenBy.has('test')) return 'The best epoch is the one of the highest accuracy on the validation images.';
  const whose = chosenBy.has('validation') ? 'Of runs without validation images the' : 'The';
  return `${whose} best epoch is the one of the highest test accuracy, chosen by the images that it is reported on: it is a little too high.`;
}

/** Of kinds that most tables leave out unless they are asked for. */
const DETAILS: ReadonlySet<ColumnKindId> = new Set([
  'loss',
  'validationLoss',
  'trainAccuracy',
  'trainLoss',
  'attackedAccuracy',
  'learningRate',
  'drift',
  'driftFromLast',
  'imagesPerSecond',
]);

export function isDetail({ kind }: Pick<Column, 'kind'>): boolean {
  return DETAILS.has(kind);
}
