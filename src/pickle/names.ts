/** The names that any pickle may use, and what each stands for here. All others stand for opaque values. */
import { InputError } from '../common/errors';
import { isHarmful } from './harmful';
import { WrongArguments, type Names } from './machine';
import { numpyNames } from './numpy';
import { Callable, Opaque, type Value } from './values';

const ignored = (): void => undefined;

const CONTAINERS: readonly Callable[] = [
  // A state dict's `_metadata`, versions of modules, is an attribute of it.
  new Callable('collections.OrderedDict', dictOf, ignored),
  new Callable('collections.defaultdict', () => new Map(), ignored),
  new Callable('collections.Counter', dictOf, ignored),
  ...['dict', 'list', 'tuple', 'set', 'frozenset', 'int', 'float', 'str', 'bool'].flatMap((type) =>
    ['builtins', '__builtin__'].map((module) => new Callable(`${module}.${type}`, containerOf(type))),
  ),
];

/**
 * Plain containers, NumPy's arrays and numbers, and what a format has beside them: for one file, whose texts it may keep.
 * @throws InputError, when called, for a name that only a file which means harm has need of
 */
export function plainNames(ofFormat: readonly Callable[] = []): Names['find'] {
  const known = new Map([...CONTAINERS, ...numpyNames(), ...ofFormat].map((each) => [each.name, each]));
  return (module, name, { file, position }) => {
    const full = `${module}.${name}`;
    const found = known.get(full);
    if (found !== undefined) return found;
    if (!isHarmful(module, name)) return new Opaque(full);
    throw new InputError(notPlainText(full), {
      file,
      place: `byte ${position}`,
      advice: 'No file of numbers has need of it, and Python would run it: do not load this file there.',
    });
  };
}

/** Of a pickle that keeps nothing outside of itself. */
export const nothingOutside: Names['persistent'] = (_, reader) => {
  throw reader.fail('not a pickle of plain values', 'something kept outside');
};

/** What is wrong with a file that has such a name where a tensor or a plain container is expected. */
export function notPlainText(name: string): string {
  return `${printableName(name)} is neither a tensor nor a plain container: the file was not run`;
}

/** A name of a pickle's, as it can be printed. */
function printableName(name: string): string {
  return name.replace(/[^\x21-\x7e]/g, '?').slice(0, 120);
}

/** Of nothing, or of a list of pairs, or of a dict. */
function dictOf([entries]: readonly Value[]): Map<Value, Value> {
  if (entries === undefined) return new Map();
  if (entries instanceof Map) return new Map(entries);
  if (!Array.isArray(entries)) throw new WrongArguments('no list of pairs');
  return new Map(
    entries.map((pair): [Value, Value] => {
      const [key, value] = Array.isArray(pair) ? pair : [];
      if (key === undefined || value === undefined) throw new WrongArguments('no pair');
      return [key, value];
    }),
  );
}

export function listOf([values]: readonly Value[]): Value[] {
  if (values === undefined) return [];
  if (!Array.isArray(values)) throw new WrongArguments('no list');
  return [...values];
}

function containerOf(type: string): Callable['call'] {
  if (type === 'dict') return dictOf;
  if (['list', 'tuple', 'set', 'frozenset'].includes(type)) return listOf;
  return ([value]) => value ?? null;
}
