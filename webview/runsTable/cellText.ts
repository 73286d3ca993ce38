/** What stands in the cells. */
import * as l10n from '@vscode/l10n';
import {
  engineText,
  epochAt,
  isDifferent,
  settingText,
  type At,
  type Column,
  type Row,
  type RowValue,
} from '../../src/comparison';
import { decimal } from '../common/text';
import type { TableColumn } from './tableColumns';

/** How a difference is meant: never said by a colour alone. */
export type Verdict = 'better' | 'worse' | 'higher' | 'lower' | 'unclear';

export interface CellText {
  readonly text: string;
  /** What comes behind it, less loudly: an interval, a verdict. */
  readonly aside?: string;
  /** All of it in words. */
  readonly title?: string;
  readonly verdict?: Verdict;
}

const NOTHING: CellText = { text: '–' };

export function resultText(value: RowValue | undefined, column: Column, kind: Row['kind']): CellText {
  if (value?.mean === null || value?.mean === undefined) return NOTHING;
  const text = fixed(value.mean, column);
  if (kind === 'run') return { text };
  const interval = intervalText(value, column);
  return {
    text,
    ...(interval === '' ? {} : { aside: interval }),
    title: valueTitle(value, column),
  };
}

export function differenceText(value: RowValue | undefined, column: Column): CellText {
  if (value?.mean === null || value?.mean === undefined) return NOTHING;
  const verdict = verdictOf(value, column);
  const interval = intervalText(value, column);
  const sign = value.mean > 0 ? '+' : '';
  return {
    text: `${sign}${fixed(value.mean, column)}`,
    aside: [interval, verdictWord(verdict, value)].filter((part) => part !== '').join(' '),
    title: `${valueTitle(value, column)} ${l10n.t('Paired by seed with the baseline.')}`,
    verdict,
  };
}

export function verdictOf(value: RowValue, { better }: Pick<Column, 'better'>): Verdict {
  if (!isDifferent(value) || value.mean === null) return 'unclear';
  const side = value.mean > 0 ? 'higher' : 'lower';
  if (better === undefined) return side;
  return side === better ? 'better' : 'worse';
}

function verdictWord(verdict: Verdict, { interval }: RowValue): string {
  if (interval === null) return '';
  const words: Readonly<Record<Verdict, () => string>> = {
    better: () => l10n.t('better'),
    worse: () => l10n.t('worse'),
    higher: () => l10n.t('higher'),
    lower: () => l10n.t('lower'),
    unclear: () => l10n.t('not told apart'),
  };
  return words[verdict]();
}

/** "± 1.20", or from where to where, if the interval is cut on one side. */
function intervalText({ mean, interval }: RowValue, column: Column): string {
  if (interval === null || mean === null) return '';
  const [below, above] = [mean - interval.low, interval.high - mean];
  return Math.abs(below - above) < 1e-9 * Math.max(1, Math.abs(mean))
    ? `± ${fixed(above, column)}`
    : l10n.t('({0} to {1})', fixed(interval.low, column), fixed(interval.high, column));
}

function valueTitle(value: RowValue, column: Column): string {
  const seeds = value.n === 1 ? l10n.t('1 seed') : l10n.t('{0} seeds', value.n);
  const each = value.perSeed.map((one) => l10n.t('seed {0}: {1}', one.seed, fixed(one.value, column))).join(', ');
  if (value.interval === null) return l10n.t('Mean of {0}, no interval ({1}).', seeds, each);
  const { low, high } = value.interval;
  return l10n.t('Mean of {0}, 95 %: {1} to {2} ({3}).', seeds, fixed(low, column), fixed(high, column), each);
}

function fixed(value: number, { digits }: Pick<Column, 'digits'>): string {
  return decimal(value.toFixed(digits)).replace('-', '−');
}

export function plainText(row: Row, { id, kind }: TableColumn, at: At): string {
  // Of a run that is not read, no setting is known.
  const isKnown = row.runs.some(({ settings }) => Object.keys(settings).length > 0);
  if (kind === 'setting') return isKnown ? shared(row, ({ settings }) => settingText(settings[id])) : '–';
  switch (id) {
    case 'study':
      return shared(row, ({ studyName }) => studyName);
    case 'seed':
      return shared(row, ({ seed }) => String(seed));
    case 'engine':
      return shared(row, ({ engine }) => engineText(engine));
    case 'epoch':
      return shared(row, (facts) => String(epochAt(facts, at) ?? '–'));
    case 'note':
      return row.runs
        .map(({ note }) => note)
        .filter(Boolean)
        .join('; ')
        .replaceAll('\n', ' ');
    case 'commit':
      return shared(row, ({ git }) => (git === undefined ? '–' : git.commit.slice(0, 8)));
    case 'created':
      return whenText(
        row.runs
          .map(({ createdAt }) => createdAt)
          .sort()
          .at(-1),
      );
    default:
      return '';
  }
}

/** What all runs of a row have in common, else all that they have. */
function shared({ runs }: Row, of: (facts: Row['runs'][number]) => string): string {
  return [...new Set(runs.map(of))].join(', ');
}

const whenTexts = new Map<string, string>();

/** Kept, because the browser takes long to format dates. */
function whenText(iso: string | undefined): string {
  if (iso === undefined) return '–';
  const known = whenTexts.get(iso);
  if (known !== undefined) return known;
  const text = new Date(iso).toLocaleString(document.documentElement.lang || 'en', {
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  whenTexts.set(iso, text);
  return text;
}
