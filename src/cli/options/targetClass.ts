/** Whose heatmap `--class` asks for. */
import { InputError } from '../../common/errors';
import type { TargetClass } from '../../computations/heatmaps/target';

/**
 * @param word predicted, label, or a class by number or name
 * @param classNames the data set's
 * @throws InputError
 */
export function targetClass(word: string, classNames: readonly string[]): TargetClass {
  if (word === 'predicted' || word === 'label') return word;
  const named = classNames.findIndex((name) => name.toLowerCase() === word.toLowerCase());
  const value = named >= 0 ? named : /^\d+$/.test(word) ? Number(word) : Infinity;
  if (value < classNames.length) return value;
  throw new InputError('no such class', {
    place: '--class',
    found: JSON.stringify(word),
    expected: `predicted, label, a class from 0 to ${classNames.length - 1}, or ${namesText(classNames)}`,
  });
}

/** More names than a line takes are not listed. */
const MOST_NAMES = 20;

function namesText(names: readonly string[]): string {
  if (names.length <= MOST_NAMES) return `one of ${names.join(', ')}`;
  return `one of ${names.length} names such as ${names.slice(0, 3).join(', ')}`;
}
