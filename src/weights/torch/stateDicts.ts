/** Finding the dicts of tensors in what a training script has saved, under whatever keys and however deep. */
import { InputError } from '../../common/errors';
import { NoWeightsError } from '../noWeights';
import { describeValue } from '../../pickle/machine';
import { entriesOf, Opaque, Tensor, type Value } from '../../pickle/values';
import type { StoredDict, StoredFile, StoredList, StoredTensor } from '../stored';
import { factsOf } from './facts';
import { notPlainText } from '../../pickle/names';
import { storedTensor } from './tensor';

const DEEPEST = 6;
/** A training of two networks has a handful; a list of checkpoints, some dozens. */
const MOST_DICTS = 200;
const MOST_TENSORS = 20_000;
/** Containers that are gone through in search of them. */
const MOST_VISITED = 20_000;
const FEWEST_LISTED = 20;
const MOST_LISTED = 2000;
const LONGEST_KEY = 100;
const MOST_KEY_PARTS = 4;

/** Tensors of a training's state that are none of a network's. */
const NOT_OF_NETWORKS =
  /^((\w{0,40}_)?optimi[sz]ers?|optims?|opt|lr_?sched(uler)?s?|schedulers?|(grad_)?scaler|amp|loops|(cuda_)?rng|random|grad(ient)?s?|momentum(_buffers?)?|(max_)?exp_avg(_sq)?|velocity|moments?)(_?(states?|dict|[0-9]+))*$/i;

type Dict = Map<Value, Value>;

interface Found {
  readonly dict: Dict;
  readonly keys: readonly string[];
  /** The dicts that it lies in, the outermost first. */
  readonly around: readonly Dict[];
}

interface FoundList {
  readonly key: string;
  readonly tensors: readonly Tensor[];
}

/** @throws InputError where the file holds no dict of tensors */
export function dictsIn(value: Value, file: string): StoredFile {
  const { found, lists } = findDicts(value);
  const dicts = found.map((each) => storedDict(each, file));
  const ofNetworks = dicts.filter(({ tensors }) => [...tensors.values()].some(({ shape }) => shape.length > 1));
  const object = firstObject(value);
  // Some numbers beside a model that was saved as an object are no state dict.
  const wanted = ofNetworks.length > 0 || object !== undefined ? ofNetworks : dicts;
  if (wanted.length > 0) return { dicts: wanted, lists: lists.map((list) => storedList(list, file)) };
  throw object === undefined ? noStateDict(value, file) : objectInPlace(object, file);
}

function findDicts(root: Value): { found: Found[]; lists: FoundList[] } {
  const found: Found[] = [];
  const lists: FoundList[] = [];
  const visited = new Set<Value>();
  const waiting: { value: Value; keys: readonly string[]; around: readonly Dict[] }[] = [
    { value: root, keys: [], around: [] },
  ];
  // Breadth first, so that what is near the top is found before what a stranger has nested.
  for (const { value, keys, around } of waiting) {
    const dict = entriesOf(value);
    if (found.length === MOST_DICTS || visited.size === MOST_VISITED) break;
    if (visited.has(value) || keys.length > DEEPEST || (dict === undefined && !Array.isArray(value))) continue;
    visited.add(value);
    if (dict !== undefined && hasTensors(dict)) found.push({ dict, keys, around });
    if (isListOfAverages(value, keys)) lists.push({ key: keys.join('.'), tensors: value });
    const here = dict === undefined ? around : [...around, dict];
    for (const [key, each] of namedIn(dict ?? (value as Value[]))) {
      const isContainer = Array.isArray(each) || entriesOf(each) !== undefined;
      if (!isContainer || visited.has(each) || NOT_OF_NETWORKS.test(key)) continue;
      waiting.push({ value: each, keys: [...keys, key.slice(0, LONGEST_KEY)], around: here });
    }
  }
  return { found, lists };
}

/** torch_ema's `shadow_params`, of as many parameters as networks have. */
function isListOfAverages(value: Value, keys: readonly string[]): value is Tensor[] {
  const isOfTensors = Array.isArray(value) && value.length >= FEWEST_LISTED && value.length <= MOST_LISTED;
  return isOfTensors && /ema|swa|shadow|average/i.test(keys.join('.')) && value.every((each) => each instanceof Tensor);
}

function storedList({ key, tensors }: FoundList, file: string): StoredList {
  return { key, tensors: tensors.map((tensor, at) => storedTensor(tensor, `${key}.${at}`, file)) };
}

/** A dict's values, by their keys as text, or a list's. */
function namedIn(container: Dict | readonly Value[]): [key: string, value: Value][] {
  const entries = [...container.entries()].slice(0, MOST_VISITED);
  if (!(container instanceof Map)) return entries.map(([index, each]) => [`${index as number}`, each]);
  return entries.flatMap(([key, each]): [string, Value][] => {
    const name = keyText(key);
    const isNamed = typeof key === 'string' || !isOfParameter(entriesOf(each));
    return name === undefined || !isNamed ? [] : [[name, each]];
  });
}

/** Whether tensors in a dict have plain names, as what an optimiser keeps of each numbered parameter. */
function isOfParameter(dict: Dict | undefined): boolean {
  const names = [...(dict ?? [])].flatMap(([name, each]) => (each instanceof Tensor ? [name] : []));
  return names.length > 0 && !names.some((name) => typeof name === 'string' && name.includes('.'));
}

/** Of a word, a number, or a tuple of them. */
function keyText(key: Value): string | undefined {
  const word = partText(key);
  if (word !== undefined) return word;
  const parts = Array.isArray(key) && key.length <= MOST_KEY_PARTS ? key.map(partText) : [undefined];
  return parts.includes(undefined) ? undefined : parts.join('_');
}

function partText(part: Value): string | undefined {
  return typeof part === 'string' || typeof part === 'number' ? String(part) : undefined;
}

function hasTensors(dict: Dict): boolean {
  for (const [name, each] of dict) if (typeof name === 'string' && each instanceof Tensor) return true;
  return false;
}

function storedDict({ dict, keys, around }: Found, file: string): StoredDict {
  if (dict.size > MOST_TENSORS) {
    const found = `${dict.size} entries`;
    const expected = `${MOST_TENSORS} at most`;
    throw new InputError('a dict of more entries than any network has tensors', { file, found, expected });
  }
  const tensors = new Map<string, StoredTensor>();
  for (const [name, tensor] of dict) {
    if (typeof name === 'string' && tensor instanceof Tensor) tensors.set(name, storedTensor(tensor, name, file));
  }
  return { key: keys.join('.'), tensors, metadata: factsOf([...around, dict]) };
}

/** Something that is neither plain nor a tensor, in the file itself or in its outermost dict. */
function firstObject(value: Value): Opaque | undefined {
  const isObject = (each: Value): each is Opaque => each instanceof Opaque && each.entries === undefined;
  if (isObject(value)) return value;
  const values = [...(entriesOf(value)?.values() ?? (Array.isArray(value) ? value : []))].filter(isObject);
  return values.find(({ name }) => isClass(name)) ?? values[0];
}

function isClass(name: string): boolean {
  return /\.[A-Z]\w*$/.test(name) && !/^(torch\._|pathlib|collections|datetime)/.test(name);
}

/** What is said of a file that holds an object of a class, or the result of a function, in place of tensors. */
export function objectInPlace({ name }: Opaque, file: string): InputError {
  return new NoWeightsError(notPlainText(name), {
    file,
    advice: isClass(name)
      ? 'If you trust it, load it in Python and save the weights alone: torch.save(model.state_dict(), "weights.pth").'
      : 'A file of weights has no need of it. If you know where it comes from, save its state dict alone.',
  });
}

function noStateDict(value: Value, file: string): InputError {
  const dict = entriesOf(value);
  return new NoWeightsError('no state dict', {
    file,
    found: dict === undefined ? describeValue(value) : `a dict of ${keysText(dict)}`,
    expected: 'a dict of tensors, under any key',
    advice: 'Save it by torch.save(model.state_dict(), "weights.pth").',
  });
}

function keysText(dict: Dict): string {
  const keys = [...dict.keys()].slice(0, 8).map((key) => describeValue(key));
  return keys.length === 0 ? 'nothing' : keys.join(', ');
}
