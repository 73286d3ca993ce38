/** Whose heatmap `--class` asks for. */
import { InputError } from '../common/errors';
import type { TargetClass } from '../computations/heatmaps/explanation';

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
    expected: `predicted, label, a class from 0 to ${classNames.length - 1}, or one of ${classNames.join(', ')}`,
  });
}
