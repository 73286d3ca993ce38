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
    const [a, b] = [before, now].map((study) => settingsOf({ [section]: fieldsOf(study, section) }));
    const found = differencesOf(a ?? {}, b ?? {}).filter(({ field }) => !field.startsWith('training.keepCheckpoints'));
    // Of another kind of data every other field differs, too.
    const kind = found.find(({ field }) => field === `${section}.kind`);
    return kind === undefined ? found : [kind];
  });
}

/** With the setting that a study has only where it is not the usual one. */
function fieldsOf({ training, ...study }: Study, section: Section): object {
  return section === 'training' ? { labels: 'true', ...training } : study[section];
}

/** Settings by their dotted names, such as `training.epochs`, with the JSON of each. A list is one setting. */
export type Settings = Readonly<Partial<Record<string, string>>>;

/** The settings of an object, in its order. */
export function settingsOf(object: object, prefix = ''): Settings {
  const settings: Record<string, string> = {};
  for (const [name, value] of Object.entries(object as Readonly<Record<string, unknown>>)) {
    const field = prefix + name;
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      Object.assign(settings, settingsOf(value, `${field}.`));
    else if (value !== undefined) settings[field] = canonicalJson(value);
  }
  return settings;
}

export function differencesOf(before: Settings, now: Settings): SettingDifference[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  return fields
    .filter((field) => before[field] !== now[field])
    .map((field) => ({ field, before: before[field], now: now[field] }));
}

const MOST_NAMED = 6;
const LONGEST_VALUE = 60;

/** "epochs 12 → 14, dataset.seed 1 → 2", as the study's newest settings follow those before. */
export function differencesText(differences: readonly SettingDifference[], most = MOST_NAMED): string {
  const named = differences
    .slice(0, most)
    .map(({ field, before, now }) => `${shortField(field)} ${valueText(before)} → ${valueText(now)}`);
  const more = differences.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Of the data set all is named in full, because training has a seed as well. */
export function shortField(field: string): string {
  return field.replace(/^(?:training|model)\./, '');
}

function valueText(json: string | undefined): string {
  if (json === undefined) return 'none';
  const text = /^"[\w.\-/ ]*"$/.test(json) ? json.slice(1, -1) : json;
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}
