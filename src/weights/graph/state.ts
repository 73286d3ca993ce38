/** The weights of a graph in a file of weights: its tensors by their names, wherever in the file they lie. */
import { FILE_NETWORK, graphClassifier, type FileNetwork, type TensorDeclaration } from '../../architectures';
import { InputError } from '../../common/errors';
import { isAveraged } from '../names/candidates';
import { withoutWrappers } from '../names/tidy';
import type { StoredNetwork } from '../network';
import { OpenQuestionError } from '../question';
import type { StoredDict, StoredFile, StoredTensor, StoredTensors } from '../stored';
import { foldBatchNorms, type Folded } from './fold';

/** What the file and the tensors of a graph's weights are called by. */
export interface GraphStateRequest {
  /** For messages. */
  readonly path: string;
  /** Which of several dicts in the file is meant, by its key. */
  readonly stateDict?: string | undefined;
  /** From the ONNX file's name of a tensor to the graph's, where they differ: a dict may have either. */
  readonly fileNames?: ReadonlyMap<string, string> | undefined;
}

/** A dict that holds the graph's tensors. */
interface Found {
  readonly dict: StoredDict;
  readonly folded: Folded;
}

/**
 * @throws InputError where the file has no tensor of a name, where a graph has folded batch norms that cannot be folded into
 * the dict's tensors with certainty, or where nothing says which of several dicts is meant
 */
export function graphStateIn(file: StoredFile, network: FileNetwork, request: GraphStateRequest): StoredNetwork {
  const { path, stateDict } = request;
  const dicts = stateDict === undefined ? file.dicts : file.dicts.filter(({ key }) => isCalled(key, stateDict));
  if (dicts.length === 0) throw noSuchDict(file, request);
  const tried = dicts.map((dict) => tryDict(dict, network, request));
  const found = tried.flatMap((each) => (each instanceof InputError ? [] : [each]));
  const averaged = found.filter(({ dict }) => isAveraged(dict, ''));
  const [first, ...others] = averaged.length > 0 ? averaged : found;
  if (first === undefined) throw tried.find((each) => each instanceof InputError) ?? new Error('no dict');
  if (others.length > 0) throw severalIn([first, ...others], path);
  const { dict, folded } = first;
  return {
    architecture: FILE_NETWORK,
    twins: [],
    classes: classesOf(folded.tensors, network),
    tensors: folded.tensors,
    metadata: dict.metadata,
    stateDict:
      found.length > 1
        ? { chosen: dict.key, others: found.flatMap((each) => (each === first ? [] : [each.dict.key])) }
        : undefined,
    leftOut: folded.leftOut,
    unknown: [],
    ...(folded.count > 0 ? { foldedBatchNorms: folded.count } : {}),
  };
}

function isCalled(key: string, wanted: string): boolean {
  return key === wanted || `.${key}`.endsWith(`.${wanted}`);
}

function tryDict(dict: StoredDict, { file: { graph } }: FileNetwork, request: GraphStateRequest): Found | InputError {
  const tensors = renamed(withoutWrappers(dict.tensors), graph.tensors, request.fileNames);
  const prefix = prefixIn(tensors, graph.tensors);
  const own = prefix === '' ? tensors : withoutPrefix(tensors, prefix);
  try {
    return { dict, folded: foldBatchNorms(graph, own, request.path) };
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

/** By the graph's names, where the dict has the file's instead. */
function renamed(
  tensors: StoredTensors,
  declared: readonly TensorDeclaration[],
  fileNames: ReadonlyMap<string, string> | undefined,
): StoredTensors {
  if (fileNames === undefined || fileNames.size === 0) return tensors;
  const own = new Set(declared.map(({ name }) => name));
  const result = new Map<string, StoredTensor>();
  for (const [name, tensor] of tensors) {
    const meant = fileNames.get(name);
    const isOther = meant !== undefined && !own.has(name) && !tensors.has(meant);
    result.set(isOther ? meant : name, tensor);
  }
  return result;
}

/** Under which most of the graph's names lie: "model." of a training that keeps its network as a module. */
function prefixIn(tensors: StoredTensors, declared: readonly TensorDeclaration[]): string {
  const votes = new Map<string, number>([['', 0]]);
  const names = new Set(declared.map(({ name }) => name));
  for (const full of tensors.keys()) {
    for (let at = 0; at >= 0; at = full.indexOf('.', at) + 1 || -1) {
      if (names.has(full.slice(at))) votes.set(full.slice(0, at), (votes.get(full.slice(0, at)) ?? 0) + 1);
    }
  }
  return [...votes].reduce((best, each) => (each[1] > best[1] ? each : best))[0];
}

function withoutPrefix(tensors: StoredTensors, prefix: string): StoredTensors {
  return new Map(
    [...tensors].flatMap(([name, tensor]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), tensor]] : [])),
  );
}

/** As the classifier's tensors have it. */
function classesOf(tensors: StoredTensors, { file: { graph } }: FileNetwork): number {
  const classifier = graphClassifier(graph);
  const axis = classifier?.axes.get(classifier.weight);
  const shape = classifier && tensors.get(classifier.weight)?.shape;
  return (axis === undefined ? undefined : shape?.[axis]) ?? graph.classes;
}

function noSuchDict({ dicts }: StoredFile, { path, stateDict = '' }: GraphStateRequest): InputError {
  const expected = dicts.map(({ key }) => key).join(' or ');
  return new InputError('no network under this key', { file: path, place: '--state-dict', found: stateDict, expected });
}

function severalIn(found: readonly Found[], file: string): InputError {
  const keys = found.map(({ dict }) => dict.key);
  return new OpenQuestionError({ kind: 'stateDict', keys }, 'several networks, and nothing says which one is meant', {
    file,
    found: keys.join(', '),
    expected: 'one of them',
    advice: 'Name it by --state-dict.',
  });
}
