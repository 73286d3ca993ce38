/**
 * The network in a file of weights: whatever reads weights goes through here, so that all find the same one, under the
 * same names, with what the file says of it.
 */
import { architectureCalled, type ArchitectureName, type NetworkName } from '../architectures';
import { candidatesIn, type Candidate, type Candidates } from './names/candidates';
import { choose } from './names/choose';
import { namedArchitectures } from './names/claimedArchitecture';
import { isHarmless } from './names/beside';
import { withHeads } from './names/joinHeads';
import { normalizationOfTensors, normalizationOfFacts } from './names/normalization';
import { inputLayerIn, notANetwork, withInputLayer } from './names/notANetwork';
import { twinsOf } from './names/twins';
import type { StoredDict, StoredFile, StoredTensors } from './stored';

export interface NetworkRequest {
  /** What a person says that the weights are of. */
  readonly architecture?: ArchitectureName | undefined;
  /** Which of several in a file is meant, by its key. */
  readonly stateDict?: string | undefined;
}

/** Which state dict of a file was taken, where that is worth saying. */
export interface StateDictChoice {
  readonly chosen: string;
  /** Of which the file has others to choose from. */
  readonly others: readonly string[];
}

export interface StoredNetwork {
  readonly architecture: NetworkName;
  /** Others that it may be as well by its names and shapes. */
  readonly twins: readonly ArchitectureName[];
  readonly classes: number;
  /** By the architecture's own names, each there and of its shape; `num_batches_tracked` may be absent, or of any shape. */
  readonly tensors: StoredTensors;
  /** What the file says beside it; `mean` and `std` also where they are tensors of a wrapper that normalises. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Undefined where the file has only one network, of plain weights. */
  readonly stateDict: StateDictChoice | undefined;
  /** Tensors beside the network that are not known to play no part, by name. */
  readonly leftOut: readonly string[];
  /** Keys of other dicts of the file that look like networks' and are of none that is known here. */
  readonly unknown: readonly string[];
  /** Of a graph's weights: how many batch norms of the file were folded, as the graph has them. */
  readonly foldedBatchNorms?: number;
}

/**
 * @param path for messages
 * @throws InputError where there is none that is known, where `stateDict` names none, or where nothing says which of
 * several is meant
 */
export function networkIn(
  file: StoredFile,
  path: string,
  { architecture, stateDict }: NetworkRequest = {},
): StoredNetwork & { readonly architecture: ArchitectureName } {
  const { candidates, dicts } = candidatesOf(file, architecture);
  if (candidates.whole.length === 0) throw notANetwork(candidates.nearest, path, architecture);
  const { candidate, others } = choose(candidates.whole, stateDict, path);
  const beside = besideOf(candidate, candidates);
  const { match, dict } = candidate;
  const layer = inputLayerIn(beside, match.used);
  if (layer !== undefined) throw withInputLayer(layer, beside, path);
  const inTensors = normalizationOfTensors(beside);
  const normalization = inTensors?.text ?? normalizationOfFacts(dict.metadata);
  const recognised = match.layout.architecture;
  const alike = [recognised, ...twinsOf(match.layout)];
  const said = namedArchitectures(dict.metadata).find((name) => alike.includes(name));
  const own = amongTwins(recognised, architecture ?? saidIn(dict.metadata) ?? said, alike);
  return {
    architecture: own,
    twins: alike.filter((name) => name !== own),
    classes: match.classes,
    tensors: match.tensors,
    metadata: { ...dict.metadata, ...normalization },
    stateDict: others.length > 0 || candidate.isAveraged ? { chosen: candidate.key, others } : undefined,
    leftOut: [...beside.keys()].filter((name) => !isHarmless(name) && inTensors?.names.includes(name) !== true),
    unknown: [...dicts.filter((each) => isUnknown(each, candidates)), ...candidates.unmatched].map(({ key }) => key),
  };
}

/** Of networks with the same names and shapes, the one that a person or the file names; else the one that was recognised. */
export function amongTwins(
  recognised: ArchitectureName,
  said: NetworkName | undefined,
  alike: readonly ArchitectureName[],
): ArchitectureName {
  return alike.find((name) => name === said) ?? recognised;
}

/** What this program writes, and what most scripts do. */
function saidIn({ architecture: own, arch }: Readonly<Record<string, string>>): ArchitectureName | undefined {
  return architectureCalled(own ?? arch ?? '');
}

/** Of the file as it is, else with a classifier that lies beside the rest of its network. */
function candidatesOf(file: StoredFile, architecture: ArchitectureName | undefined) {
  const candidates = candidatesIn(file, architecture);
  const joined = candidates.whole.length > 0 ? undefined : withHeads(file);
  const others = joined && candidatesIn(joined, architecture);
  return others !== undefined && others.whole.length > 0
    ? { candidates: others, dicts: joined?.dicts ?? [] }
    : { candidates, dicts: file.dicts };
}

const CONVOLUTION_AXES = 4;

/** Whether a file holds a convolution at all, and so may be of a network. */
export function hasConvolution({ tensors }: StoredDict): boolean {
  return [...tensors.values()].some(({ shape }) => shape.length === CONVOLUTION_AXES);
}

function isUnknown(dict: StoredDict, { whole }: Candidates): boolean {
  return hasConvolution(dict) && !whole.some((each) => each.dict === dict);
}

/** What the chosen one's dict has that is neither its own nor of another network. */
function besideOf({ dict, tensors, match }: Candidate, { whole }: Candidates): StoredTensors {
  const others = whole.filter((each) => each.dict === dict && each.match.prefix !== match.prefix);
  const isBeside = (name: string): boolean =>
    !match.used.has(name) && !others.some((other) => other.match.used.has(name));
  return new Map([...tensors].filter(([name]) => isBeside(name)));
}
