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
  const text = /^"[^"\\]*"$/.test(json) ? json.slice(1, -1) : /^\[?\{/.test(json) ? kindsText(json) : json;
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** Of what has a kind, or of several: each by its kind, and then its values. */
function kindsText(json: string): string {
  const value = JSON.parse(json) as unknown;
  const texts = [value].flat().map((entry) => {
    if (typeof entry !== 'object' || entry === null || !('kind' in entry)) return undefined;
    const { kind, ...rest } = entry;
    return [kind, ...Object.values(rest)]
      .map((each) => (typeof each === 'string' ? each : JSON.stringify(each)))
      .join(' ');
  });
  return texts.includes(undefined) ? json : texts.join(', ');
}
