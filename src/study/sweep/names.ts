/** How a recipe of a grid is called: "augmentation cutout, learningRate 0.05". */
import { canonicalJson } from '../../common/canonicalJson';
import { shortField } from '../differences';

const LONGEST_VALUE = 60;

/** Of the data set settings are named in full, because training has a seed as well. */
export function recipeName(settings: readonly { readonly name: string; readonly value: unknown }[]): string {
  return settings.map(({ name, value }) => `${shortField(name)} ${valueName(value)}`).join(', ');
}

/** Plain text as it is, other values as short JSON; a setting that is taken away is "none". */
function valueName(value: unknown): string {
  if (value === null) return 'none';
  const text = typeof value === 'string' && /^[\w.\-/]+$/.test(value) ? value : canonicalJson(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}

/** Numbers those that are called alike, as long values are that begin alike. */
export function uniqueNames(names: readonly string[]): string[] {
  const met = new Map<string, number>();
  return names.map((name) => {
    const number = (met.get(name) ?? 0) + 1;
    met.set(name, number);
    return number === 1 ? name : `${name} (${String(number)})`;
  });
}
