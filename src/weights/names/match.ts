/** A network in a dict of tensors: the one prefix under which all tensors of a layout lie. */
import type { StoredTensor, StoredTensors } from '../stored';
import { isHarmless, isInputColour, isObserver } from './beside';
import { architecturesByLandmark, type ArchitectureName } from '../../architectures';
import { firstPart, type Layout } from './layouts';
import { LONGEST_NAME } from './tidy';

export interface Match {
  readonly layout: Layout;
  /** What is before every name: empty, or with a dot at its end. */
  readonly prefix: string;
  /** By the architecture's own names, as far as they are there. */
  readonly tensors: StoredTensors;
  /** Names of the dict that became these. */
  readonly used: ReadonlySet<string>;
  readonly classes: number;
  /** How many of the layout's tensors are there, of their shapes. */
  readonly shared: number;
  /** A tensor that does not fit, in words; undefined where all do. */
  readonly misfit: string | undefined;
  /** Whether what is missing are statistics of batch norms alone, as in averages of parameters. */
  readonly isOfParameters: boolean;
}

/** A name of a tensor that a file means well with has fewer parts. */
const MOST_PARTS = 16;
/** Of a training of several networks, some; the likeliest are looked at. */
const MOST_PREFIXES = 12;
/** Fewer names under a prefix are no network's, of which the smallest has 22. */
const FEWEST_NAMES = 20;

/** Where in a dict a network may lie. */
export interface Place {
  /** Empty, or with a dot at its end. */
  readonly prefix: string;
  /** Of which landmarks lie there. */
  readonly architectures: ReadonlySet<ArchitectureName>;
  /** Tensors there, without `num_batches_tracked`. */
  readonly tensorCount: number;
}

/** Prefixes under which landmarks lie, that with most tensors first; none where there are no landmarks. */
export function placesIn(tensors: StoredTensors): Place[] {
  const found = new Map<string, Set<ArchitectureName>>();
  for (const name of tensors.keys()) {
    if (name.length > LONGEST_NAME) continue;
    let start = 0;
    for (let part = 0; part < MOST_PARTS; part++) {
      const architectures = architecturesByLandmark(name.slice(start));
      if (architectures !== undefined) {
        const prefix = name.slice(0, start);
        const known = found.get(prefix) ?? new Set();
        for (const each of architectures) known.add(each);
        found.set(prefix, known);
      }
      const dot = name.indexOf('.', start);
      if (dot < 0) break;
      start = dot + 1;
    }
  }
  const places = [...found].map(([prefix, architectures]): Place => {
    return { prefix, architectures, tensorCount: countUnder(tensors, prefix) };
  });
  const largest = places.sort((a, b) => b.tensorCount - a.tensorCount);
  const likely = largest.filter(({ tensorCount }, index) => index === 0 || tensorCount >= FEWEST_NAMES);
  return likely.slice(0, MOST_PREFIXES);
}

function countUnder(tensors: StoredTensors, prefix: string): number {
  let count = 0;
  for (const name of tensors.keys()) if (name.startsWith(prefix) && !name.endsWith('.num_batches_tracked')) count++;
  return count;
}

/** @param tensors without wrappers @param prefixes of all networks that may be in the dict */
export function matchUnder(tensors: StoredTensors, layout: Layout, prefix: string, prefixes: readonly string[]): Match {
  const found = new Map<string, StoredTensor>();
  const used = new Set<string>();
  const head = classifierIn(tensors, layout, prefix);
  let [shared, missingStatistics, misfit] = [0, 0, undefined as string | undefined];
  for (const { declared, name, shape, isOfClassifier } of layout.tensors) {
    const full = isOfClassifier && head !== undefined ? `${head.module}${leafOf(name)}` : prefix + name;
    const tensor = tensors.get(full);
    if (tensor === undefined) {
      const isStatistic = declared.role === 'runningMean' || declared.role === 'runningVariance';
      if (isStatistic) missingStatistics++;
      else if (declared.role !== 'batchCount') misfit ??= `without ${name}`;
      continue;
    }
    found.set(declared.name, shape === declared.shape ? tensor : reshaped(tensor, declared.shape));
    used.add(full);
    const [first, ...rest] = shape;
    const expected = isOfClassifier && first !== undefined ? [head?.classes ?? first, ...rest] : shape;
    if (declared.role === 'batchCount' || tensor.shape.join() === expected.join()) shared++;
    else misfit ??= `${full} is [${tensor.shape.join(', ')}] and not [${expected.join(', ')}]`;
  }
  const foreign = misfit === undefined ? foreignNames(tensors, layout, prefix, used, prefixes)[0] : undefined;
  misfit ??= foreign === undefined ? undefined : `with ${foreign}`;
  const isOfParameters = misfit === undefined && missingStatistics > 0;
  if (isOfParameters) misfit = 'without the statistics of its batch norms';
  return { layout, prefix, tensors: found, used, classes: head?.classes ?? 0, shared, misfit, isOfParameters };
}

/** The same numbers in the same order. */
function reshaped(tensor: StoredTensor, shape: readonly number[]): StoredTensor {
  return {
    shape,
    get data() {
      return tensor.data;
    },
  };
}

/** Of the network's own modules what it does not have, and modules beside them that may be in its way. */
export function foreignNames(
  tensors: StoredTensors,
  { modules }: Layout,
  prefix: string,
  used: ReadonlySet<string>,
  prefixes: readonly string[] = [],
): string[] {
  // Another network within the same module.
  const others = prefixes.filter((each) => each.length > prefix.length && each.startsWith(prefix));
  const isBeside = (rest: string, { shape, isUnread }: StoredTensor): boolean =>
    isUnread === true || isHarmless(rest) || isInputColour(rest, shape) || isObserver(rest);
  const foreign: string[] = [];
  for (const [name, tensor] of tensors) {
    if (used.has(name) || !name.startsWith(prefix)) continue;
    const rest = name.slice(prefix.length);
    const isOwn = modules.has(firstPart(rest)) && !isObserver(rest);
    if (isOwn || !(isBeside(rest, tensor) || others.some((other) => name.startsWith(other)))) foreign.push(name);
  }
  return foreign;
}

interface Classifier {
  /** With a dot at its end. */
  readonly module: string;
  readonly classes: number;
}

/** Under its own name, or else the only linear layer of as many features, such as `head.fc` beside a `backbone`. */
function classifierIn(tensors: StoredTensors, layout: Layout, prefix: string): Classifier | undefined {
  const linear = layout.tensors.findLast(({ declared }) => declared.role === 'linear');
  if (linear === undefined) return undefined;
  const own = prefix + linear.name;
  const classes = tensors.get(own)?.shape[0];
  if (classes !== undefined) return { module: own.slice(0, -'weight'.length), classes };
  const [only, ...others] = linearsIn(tensors);
  if (only === undefined || others.length > 0) return undefined;
  const [name, { shape }] = only;
  const module = name.slice(0, -'weight'.length);
  const [outputs = 0, features] = shape;
  const isLinear = features === linear.shape[1] && tensors.get(`${module}bias`)?.shape.join() === `${outputs}`;
  return isLinear && isAlone(tensors, module) ? { module, classes: outputs } : undefined;
}

const LINEARS = new WeakMap<StoredTensors, readonly (readonly [name: string, tensor: StoredTensor])[]>();

/** The first two linear layers of a dict, which are sought once: it may have thousands, and is asked of for each layout. */
function linearsIn(tensors: StoredTensors): readonly (readonly [name: string, tensor: StoredTensor])[] {
  const known = LINEARS.get(tensors);
  if (known !== undefined) return known;
  const found: [string, StoredTensor][] = [];
  for (const [name, tensor] of tensors) {
    if (tensor.shape.length === 2 && name.endsWith('.weight') && !isHarmless(name)) found.push([name, tensor]);
    if (found.length === 2) break;
  }
  LINEARS.set(tensors, found);
  return found;
}

/** Whether nothing lies beside the layer in its head, such as a batch norm before it. */
function isAlone(tensors: StoredTensors, module: string): boolean {
  const parts = module.split('.').slice(0, -1);
  const last = parts.at(-1) ?? '';
  // Of a Sequential, or of a module that is called as heads are, all is between the features and the classes.
  const isNested = parts.length > 1 && (/^\d+$/.test(last) || /head|fc|classifier|linear/i.test(parts.at(-2) ?? ''));
  const head = isNested ? `${parts.slice(0, -1).join('.')}.` : module;
  return [...tensors.keys()].every((name) => !name.startsWith(head) || name.startsWith(module));
}

function leafOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
