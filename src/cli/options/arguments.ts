/** Reading what was typed: each parser takes a word and gives a value, or throws an InputError that names the option. */
import {
  architectureCalled,
  ARCHITECTURE_NAMES,
  FILE_NETWORK,
  type ArchitectureName,
  type NetworkName,
} from '../../architectures';
import { METHOD_IDS, METHODS } from '../../explanations';
import { engineNameOf, engineWord } from '../../common/engineWords';
import { InputError } from '../../common/errors';
import { firstTestImages } from '../../computations/studyTests/requests';
import { ENGINE_NAMES, type EngineChoice } from '../../engine/engine';
import type { ImageReference } from '../../protocol/engine';
import type { ResizeSettings } from '../../study';

export function oneOf<T extends string>(option: string, names: readonly T[]): (word: string) => T {
  return (word) => {
    const name = names.find((candidate) => candidate === word);
    if (name !== undefined) return name;
    throw notOneOf(option, word, names);
  };
}

/** A name that is not empty, as a variable of a shell that nobody has set is. */
export function named(option: string): (word: string) => string {
  return (word) => {
    if (word.trim() !== '') return word;
    throw new InputError('this option takes a name', { place: option, found: JSON.stringify(word) });
  };
}

/** "a,b": some of the names, each once. */
export function someOf<T extends string>(option: string, names: readonly T[]): (word: string) => T[] {
  return (word) => [...new Set(word.split(',').map(oneOf(option, names)))];
}

function notOneOf(option: string, word: string, names: readonly string[]): InputError {
  return new InputError('not a value of this option', {
    place: option,
    found: JSON.stringify(word),
    expected: `one of ${names.join(', ')}`,
  });
}

/** `native`, `embedded` or `auto`; the names that files have for the engines, `tensorflow` and `wasm`, as well. */
export function engineChoice(word: string): EngineChoice {
  const choices: readonly EngineChoice[] = [...ENGINE_NAMES, 'auto'];
  const choice = choices.find((name) => name === engineNameOf(word));
  if (choice !== undefined) return choice;
  throw notOneOf('--engine', word, choices.map(engineWord));
}

/** Of a run: one of the architectures, or a network from an ONNX file. */
export function networkName(word: string): NetworkName {
  return word === FILE_NETWORK ? word : architectureName(word);
}

/** By its name here, or by what model hubs call it. */
export function architectureName(word: string): ArchitectureName {
  return architectureCalled(word) ?? oneOf('--architecture', ARCHITECTURE_NAMES)(word);
}

/** An explanation method's id. */
export const methodId: (word: string) => string = oneOf('--method', METHOD_IDS);
/** "gradcam,layercam", each once. */
export function methodIds(word: string): string[] {
  return [...new Set(word.split(',').map((id) => methodId(id.trim())))];
}
/**
 * To each of several methods those parameters that it has.
 * @throws InputError where none of them has one
 */
export function parametersOfEach(
  ids: readonly string[],
  given: Readonly<Record<string, number | string>> | undefined,
): Record<string, number | string>[] | undefined {
  if (given === undefined) return undefined;
  const recordsOf = (id: string) => METHODS.find((method) => method.id === id)?.parameters ?? {};
  const unknown = Object.keys(given).find((name) => !ids.some((id) => name in recordsOf(id)));
  if (unknown !== undefined) {
    const names = [...new Set(ids.flatMap((id) => Object.keys(recordsOf(id))))];
    throw new InputError('none of the methods has this parameter', {
      place: '--parameter',
      found: unknown,
      expected: names.length === 0 ? 'none: they have no parameters' : `one of ${names.join(', ')}`,
    });
  }
  return ids.map((id) => Object.fromEntries(Object.entries(given).filter(([name]) => name in recordsOf(id))));
}

export const METHOD_OPTION = `how heatmaps are computed: ${METHOD_IDS.join(', ')} (default: the study’s)`;
export const METHODS_OPTION = `how heatmaps are computed, one or several: ${METHOD_IDS.join(', ')} (default: the study’s)`;
export const PARAMETER_OPTION = 'settings of the method, such as steps=50 (default: the study’s, of its method)';

/** "steps=50": one more of a list. */
export function parameter(
  word: string,
  before: Readonly<Record<string, number | string>> = {},
): Record<string, number | string> {
  const [, name, value] = /^([^=]+)=(.+)$/.exec(word) ?? [];
  if (name === undefined || value === undefined)
    throw new InputError('not a setting', {
      place: '--parameter',
      found: JSON.stringify(word),
      expected: 'name=value',
    });
  const number = Number(value);
  return { ...before, [name]: value.trim() === '' || Number.isNaN(number) ? value : number };
}

export function wholeNumber(option: string, minimum: number, maximum: number): (word: string) => number {
  return (word) => {
    const value = Number(word);
    if (/^\d+$/.test(word) && value >= minimum && value <= maximum) return value;
    throw new InputError('not a number this option takes', {
      place: option,
      found: JSON.stringify(word),
      expected: `a whole number from ${minimum} to ${maximum}`,
    });
  };
}

/** "0,1,2,20" or "all". */
export function epochs(word: string): 'all' | number[] {
  return word === 'all' ? 'all' : word.split(',').map(wholeNumber('--checkpoints', 0, 1_000_000));
}

/** "1,3": numbers of perturbations, from 1. */
export function perturbationNumbers(word: string): number[] {
  return word.split(',').map(wholeNumber('--only', 1, 1_000_000));
}

/** "r,g,b", each within the bounds that the study file has for it. */
export function channels(option: string, minimum: number, maximum: number): (word: string) => [number, number, number] {
  return (word) => {
    const parts = word.split(',');
    const values = parts.map((part) => (part.trim() === '' ? NaN : Number(part)));
    if (values.length === 3 && values.every((value) => value >= minimum && value <= maximum))
      return values as [number, number, number];
    throw new InputError('not three numbers that this option takes', {
      place: option,
      found: JSON.stringify(word),
      expected: `red,green,blue such as 0.485,0.456,0.406, each from ${minimum} to ${maximum}`,
    });
  };
}

export const meanChannels = channels('--mean', -1, 2);
export const stdChannels = channels('--std', 1e-6, 100);

/**
 * "test:3,17,20-29", "train:5", or the path of an image file.
 * @param resize how files are brought to the input
 */
export function imageReferences(words: readonly string[], resize?: ResizeSettings): ImageReference[] {
  return words.flatMap((word): ImageReference[] => {
    const match = /^(test|train):(.*)$/.exec(word);
    if (match === null) return [{ kind: 'file', path: word, ...(resize && { resize }) }];
    const set = match[1] as 'test' | 'train';
    const parts = (match[2] ?? '').split(',');
    return parts.flatMap(indicesOf).map((index) => ({ kind: 'set', set, index }));
  });
}

/**
 * The same, or a number alone: so many of the first test images.
 * @param testCount of the data set
 */
export function firstOrNamed(words: readonly string[], testCount: number, resize?: ResizeSettings): ImageReference[] {
  const [only = ''] = words;
  if (words.length !== 1 || !/^\d+$/.test(only)) return imageReferences(words, resize);
  if (testCount === 0) throw new InputError('the data set has no test images', { expected: 'images by --images' });
  return firstTestImages(wholeNumber('--images', 1, testCount)(only), testCount);
}

/** "3" or "20-29", both ends included. */
function indicesOf(part: string): number[] {
  const index = wholeNumber('--images', 0, 1_000_000);
  const [, first, last] = /^(\d+)-(\d+)$/.exec(part) ?? [];
  if (first === undefined || last === undefined) return [index(part)];
  const [from, to] = [index(first), index(last)];
  if (to < from) {
    throw new InputError('a range that ends before it begins', {
      place: '--images',
      found: part,
      expected: `${last}-${first}`,
    });
  }
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

export function share(option: string, minimum: number): (word: string) => number {
  return (word) => {
    const value = Number(word);
    if (word.trim() !== '' && value >= minimum && value <= 1) return value;
    throw new InputError('not a share', {
      place: option,
      found: JSON.stringify(word),
      expected: `a number from ${minimum} to 1`,
    });
  };
}
