/** The settings in which runs differ: the columns that say what was done. */
import type { RunFacts } from './facts';

export interface DifferingSetting {
  /** Dotted, such as "training.learningRate". */
  readonly field: string;
  /** JSON texts in the runs' order; undefined of a run without it. */
  readonly values: readonly (string | undefined)[];
}

/** In the order in which the runs' studies have them. The seed is none of them. */
export function differingSettings(facts: readonly Pick<RunFacts, 'settings'>[]): DifferingSetting[] {
  const fields = [...new Set(facts.flatMap(({ settings }) => Object.keys(settings)))];
  return fields
    .map((field) => ({ field, values: facts.map(({ settings }) => settings[field]) }))
    .filter(({ values }) => new Set(values).size > 1);
}

/** "learningRate": without the section that most settings are of. */
export function shortSetting(field: string): string {
  return field.replace(/^(?:training|model)\./, '');
}

const LONGEST = 60;

/** As a person writes it: cutout 16, 0.1, [1,2]. @param json undefined of a run without the setting */
export function settingText(json: string | undefined): string {
  if (json === undefined) return 'none';
  const text = /^"[^"\\]*"$/.test(json) ? json.slice(1, -1) : /^\[?\{/.test(json) ? kindsText(JSON.parse(json)) : json;
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** Of what has a kind, or of several: each by its kind, and then its values. Other values as JSON, texts as they are. */
function kindsText(value: unknown): string {
  const entries = [value].flat();
  if (entries.length === 0 || !entries.every(hasKind)) return typeof value === 'string' ? value : JSON.stringify(value);
  return entries
    .map(({ kind, ...rest }) => {
      const values = Object.values(rest).map((each) =>
        [each].flat().some(hasKind) ? `(${kindsText(each)})` : kindsText(each),
      );
      return [kindsText(kind), ...values].join(' ');
    })
    .join(', ');
}

function hasKind(value: unknown): value is { readonly kind: unknown } {
  return typeof value === 'object' && value !== null && 'kind' in value;
}
