/** In what two studies differ that says what is trained. */
import { canonicalJson } from '../common/canonicalJson';
import type { Study } from './schema';

export interface SettingDifference {
  /** Such as `dataset.seed`. */
  readonly field: string;
  /** JSON; undefined where it has no such field. */
  readonly before: string | undefined;
  readonly now: string | undefined;
}

type Section = 'dataset' | 'model' | 'training';

/** Of the fields that `studyHash` is of, in the order of a study file. None: of the sections compared they are the same. */
export function settingDifferences(
  before: Study,
  now: Study,
  sections: readonly Section[] = ['dataset', 'model', 'training'],
): SettingDifference[] {
  return sections.flatMap((section) => {
    const [a, b] = [fieldsOf(before[section]), fieldsOf(now[section])];
    const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    const differing = names.filter((name) => a[name] !== b[name]);
    // Of another kind of data every other field differs, too.
    const told = differing.includes('kind') ? ['kind'] : differing;
    return told.map((name) => ({ field: `${section}.${name}`, before: a[name], now: b[name] }));
  });
}

/** The JSON of each field; which checkpoints stay says nothing of what they are. */
function fieldsOf(section: object): Partial<Record<string, string>> {
  const fields = Object.entries(section).filter(([name, value]) => name !== 'keepCheckpoints' && value !== undefined);
  return Object.fromEntries(fields.map(([name, value]) => [name, canonicalJson(value)]));
}

const MOST_NAMED = 6;
const LONGEST_VALUE = 60;

/** "dataset.seed 1 (now 2), training.epochs 3 (now 4)" */
export function differencesText(differences: readonly SettingDifference[]): string {
  const named = differences
    .slice(0, MOST_NAMED)
    .map(({ field, before, now }) => `${field} ${valueText(before)} (now ${valueText(now)})`);
  const more = differences.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function valueText(json: string | undefined): string {
  if (json === undefined) return 'not there';
  return json.length > LONGEST_VALUE ? `${json.slice(0, LONGEST_VALUE)}…` : json;
}
