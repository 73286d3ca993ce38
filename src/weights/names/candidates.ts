/** Networks in a file: each a dict of it, and a prefix under which all tensors of an architecture lie. */
import { ARCHITECTURE_NAMES, architecture as architectureOf, type ArchitectureName } from '../../architectures';
import type { StoredDict, StoredFile, StoredList, StoredTensor, StoredTensors } from '../stored';
import { layoutsOf } from './layouts';
import { matchUnder, placesIn, type Match, type Place } from './match';
import { withoutWrappers } from './tidy';

export interface Candidate {
  /** What a person calls it by: the key of its dict, or its prefix, or both. */
  readonly key: string;
  /** The key of its dict and its prefix. */
  readonly fullKey: string;
  readonly dict: StoredDict;
  /** The dict's tensors, without wrappers in their names. */
  readonly tensors: StoredTensors;
  readonly match: Match;
  /** Whether its weights are averages over a training's steps. */
  readonly isAveraged: boolean;
}

/** Dicts of a training that are gone through for networks; those with most names of networks come first. */
const MOST_DICTS = 16;
/** For a network that is the whole of a file, beside others in it. */
export const TOP_LEVEL = '.';

export interface Candidates {
  /** Those that are a network as a whole, in the file's order. */
  readonly whole: readonly Candidate[];
  /** The one that comes nearest to being one. */
  readonly nearest: Candidate;
  /** Lists of averages that are of none of them. */
  readonly unmatched: readonly StoredList[];
}

/** @param architecture the only one that is meant, where a person says it */
export function candidatesIn(
  { dicts, lists = [] }: StoredFile,
  architecture: ArchitectureName | undefined,
): Candidates {
  const whole: Candidate[] = [];
  const ofParameters: Candidate[] = [];
  let nearest: Candidate | undefined;
  for (const { dict, tensors, places } of likeliest(dicts)) {
    const prefixes = places.map(({ prefix }) => prefix);
    const matches = places.map((place) => bestMatch(tensors, place, prefixes, architecture));
    const isOne = matches.filter(({ misfit }) => misfit === undefined).length === 1;
    for (const match of matches) {
      const candidate: Candidate = {
        key: isOne && dict.key !== '' ? dict.key : keyOf(dict.key, match.prefix),
        fullKey: keyOf(dict.key, match.prefix),
        dict,
        tensors,
        match,
        isAveraged: isAveraged(dict, match.prefix),
      };
      if (match.misfit === undefined) whole.push(candidate);
      else if (match.isOfParameters && candidate.isAveraged) ofParameters.push(candidate);
      if (nearest === undefined || match.shared > nearest.match.shared) nearest = candidate;
    }
  }
  if (nearest === undefined) throw new Error('a file without a dict of tensors');
  const listed = lists.map((list) => ({ list, candidate: fromList(list, whole) }));
  const averages = listed.flatMap(({ candidate }) => candidate ?? []);
  return {
    whole: [...whole, ...ofParameters.flatMap((each) => completed(each, whole)), ...averages],
    nearest,
    unmatched: listed.flatMap(({ list, candidate }) => (candidate === undefined ? [list] : [])),
  };
}

/** Averages of parameters go with the statistics of the network that they were averaged over, as its scripts use them. */
function completed(candidate: Candidate, whole: readonly Candidate[]): Candidate[] {
  const { layout, classes, tensors } = candidate.match;
  const own = whole.filter(
    ({ match }) => match.layout.architecture === layout.architecture && match.classes === classes,
  );
  const [raw, ...others] = own;
  if (raw === undefined || others.length > 0) return [];
  const match = { ...candidate.match, tensors: new Map([...raw.match.tensors, ...tensors]), misfit: undefined };
  return [{ ...candidate, match }];
}

/** Averages of a network's parameters in their order, as torch_ema keeps them; of the only network that they fit. */
function fromList({ key, tensors }: StoredList, whole: readonly Candidate[]): Candidate | undefined {
  const fitting = whole.flatMap((raw): Candidate[] => {
    const names = parametersOf(raw);
    const isFit = names.length === tensors.length && names.every((name, at) => isAlike(raw, name, tensors[at]));
    if (!isFit) return [];
    const averages = names.flatMap((name, at): [string, StoredTensor][] => {
      const tensor = tensors[at];
      return tensor === undefined ? [] : [[name, tensor]];
    });
    const match = { ...raw.match, tensors: new Map([...raw.match.tensors, ...averages]) };
    return [{ ...raw, key, fullKey: key, match, isAveraged: true }];
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** By the architecture's own names, in the file's order, which is PyTorch's of the parameters. */
function parametersOf({ tensors, match }: Candidate): string[] {
  const names = new Map([...match.tensors].map(([name, tensor]) => [tensor, name]));
  const ordered = [...tensors.values()].flatMap((tensor) => names.get(tensor) ?? []);
  return ordered.filter((name) => !/(running_mean|running_var|num_batches_tracked)$/.test(name));
}

function isAlike({ match }: Candidate, name: string, tensor: StoredTensor | undefined): boolean {
  return match.tensors.get(name)?.shape.join() === tensor?.shape.join();
}

interface Likely {
  readonly dict: StoredDict;
  readonly tensors: StoredTensors;
  readonly places: readonly [Place, ...Place[]];
}

function likeliest(dicts: readonly StoredDict[]): Likely[] {
  const scored = dicts.map((dict, order) => {
    const tensors = withoutWrappers(dict.tensors);
    const [first, ...others] = placesIn(tensors);
    const nowhere: Place = { prefix: '', architectures: new Set(), tensorCount: tensors.size };
    const places: Likely['places'] = [first ?? nowhere, ...others];
    return { dict, tensors, places, order, size: first?.tensorCount ?? 0 };
  });
  const first = scored.sort((a, b) => b.size - a.size || b.tensors.size - a.tensors.size).slice(0, MOST_DICTS);
  return first.sort((a, b) => a.order - b.order);
}

/** Architectures that are tried where no landmark says which. */
const MOST_GUESSED = 3;

/**
 * The first that is whole there, else the one that shares most. Those that have about as many tensors as there are come
 * first: the others are then never declared.
 */
function bestMatch(
  tensors: StoredTensors,
  { prefix, architectures, tensorCount }: Place,
  prefixes: readonly string[],
  wanted: ArchitectureName | undefined,
): Match {
  const distance = (name: ArchitectureName): number => Math.abs(architectureOf(name).tensorCount - tensorCount);
  const near = (names: Iterable<ArchitectureName>) => [...names].sort((a, b) => distance(a) - distance(b));
  const guessed = near(ARCHITECTURE_NAMES).slice(0, MOST_GUESSED);
  const names = wanted === undefined ? near(architectures) : [wanted];
  let best: Match | undefined;
  for (const name of names.length > 0 ? names : guessed) {
    for (const layout of layoutsOf(name)) {
      const match = matchUnder(tensors, layout, prefix, prefixes);
      if (match.misfit === undefined) return match;
      if (best === undefined || match.shared > best.shared) best = match;
    }
  }
  return best as Match;
}

function keyOf(key: string, prefix: string): string {
  const parts = [key, prefix.slice(0, -1)].filter((part) => part !== '');
  return parts.length === 0 ? TOP_LEVEL : parts.join('.');
}

/** `ema`, `model_ema`, `stateDictEma`, `swa_model`, `averaged`: timm's, Lightning's, torch.optim.swa_utils' and the like. */
const AVERAGED =
  /(?:^|[^a-zA-Z])(?:ema|swa)(?![a-z])|[a-z](?:Ema|Swa)(?![a-z])|EMA|SWA|averaged|moving_?average|polyak|shadow/;

export function isAveraged({ key, tensors }: Pick<StoredDict, 'key' | 'tensors'>, prefix: string): boolean {
  // What torch.optim.swa_utils.AveragedModel counts beside its `module`.
  return AVERAGED.test(`${key}.${prefix}`) || (tensors.has('n_averaged') && tensors.size > 1);
}
