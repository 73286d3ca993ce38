/** The network of a file that is named by `--weights`, and how its inputs are given to it. */
import {
  FILE_NETWORK,
  namedNetwork as networkNamed,
  type ArchitectureName,
  type Network,
  type NetworkName,
} from '../../architectures';
import { InputError } from '../../common/errors';
import type { InputSettings } from '../../models/input';
import { inputSizeIn, normalizationIn } from '../../weights/facts';
import { contradictionText, normalizationText } from '../../importing/normalizations';
import { doubtText } from '../../importing/notes';
import { createModel, type Model } from '../../models/model';
import { weightsOf, type Checkpoint } from '../../weights/checkpoint';
import { readNamedWeights } from '../../weights/file';
import { readForwardOnly } from '../../weights/forwardOnly';
import { graphOfRun } from '../../weights/graph/ofRun';
import { graphStateIn } from '../../weights/graph/state';
import { networkIn, type StoredNetwork } from '../../weights/network';
import { readOnnxCheckpoint } from '../../weights/onnx';
import { ONNX_FILE } from '../../networks';
import { parseWeights } from '../../weights/parse';
import { contradictedArchitecture } from '../../weights/names/claimedArchitecture';
import { remarksOn } from '../../weights/remarks';
import { classNamesOf, folderSettings, kindOf, type DatasetSettings } from '../../datasets';
import { defaultInputSize, NORMALIZATIONS } from '../../study';
import type { Normalization, NormalizationName, PerChannel } from '../../study';
import type { Output } from '../printing/output';
import { namedData } from './namedData';

export interface InputOptions {
  readonly stateDict?: string;
  /** See `namedData`. */
  readonly data?: string;
  readonly mean?: PerChannel;
  readonly std?: PerChannel;
  readonly inputSize?: number;
  /** Whether onnxruntime runs an ONNX file, without gradients. */
  readonly forwardOnly?: boolean;
}

export interface NamedNetwork {
  /** Of as many classes as the file's classifier. */
  readonly model: Model;
  readonly input: InputSettings;
  readonly checkpoint: Checkpoint;
  /** Where the file names them. */
  readonly classNames: readonly string[] | undefined;
  /** Others of the same names and shapes; none where a person or the file says which it is. */
  readonly twins: readonly ArchitectureName[];
}

/**
 * What the options leave open is as the file says, else as the defaults are; what was taken is said.
 * @param architecture what a person says the weights are of; where undefined, it is recognised
 * @throws InputError
 */
export async function namedNetwork(
  path: string,
  architecture: NetworkName | undefined,
  options: InputOptions,
  output: Output,
): Promise<NamedNetwork> {
  const { data, mean, std } = options;
  const { of, size, stored: network, classNames } = await readWeights(path, architecture, options);
  const { classes, metadata } = network;
  const model = createModel(of, size, classes);
  const checkpoint = { network, weights: weightsOf(network, path, model) };
  const isRecognised = architecture === undefined && of.file === undefined;
  if (isRecognised) output.log(`The weights are read as ${of.name}.`);
  const doubt = isRecognised ? doubtText(network) : undefined;
  if (doubt !== undefined) output.log(`${doubt} --architecture chooses.`);
  for (const note of of.file?.graph.notes ?? []) output.log(note);
  for (const remark of remarksOn(network)) output.log(remark);
  const dataset = data === undefined ? undefined : await namedData(data, classes, size);
  const normalization = normalizationOf(normalizationIn(metadata), usualOf(dataset, model), { mean, std }, output);
  const twins = doubt === undefined ? [] : network.twins;
  return { model, input: { inputSize: size, ...normalization }, checkpoint, classNames, twins };
}

interface ReadWeights {
  readonly of: Network;
  readonly size: number;
  readonly stored: StoredNetwork;
  readonly classNames: readonly string[] | undefined;
}

async function readWeights(
  path: string,
  architecture: NetworkName | undefined,
  { stateDict, inputSize, forwardOnly = false }: InputOptions,
): Promise<ReadWeights> {
  if (ONNX_FILE.test(path)) {
    if (architecture !== undefined && architecture !== FILE_NETWORK) {
      const expected = 'no --architecture: an ONNX file is the network as well';
      throw new InputError('an ONNX file as weights of another network', { place: '--architecture', expected });
    }
    if (forwardOnly) {
      const { network, stored, classNames } = await readForwardOnly(path, inputSize);
      return { of: network, size: network.file.graph.inputSize, stored, classNames };
    }
    const { read, stored } = await readOnnxCheckpoint(path, inputSize);
    const { network, classNames } = read;
    return { of: network, size: network.file.graph.inputSize, stored, classNames };
  }
  if (forwardOnly) {
    throw new InputError('an option that plays no part here', {
      place: '--forward-only',
      found: path,
      expected: 'it with an .onnx file',
    });
  }
  const file = await parseWeights(await readNamedWeights(path), path);
  const graph = await graphOfRun(path, file);
  if (graph !== undefined) {
    const stored = graphStateIn(file, graph, { path, stateDict });
    return { of: graph, size: graph.file.graph.inputSize, stored, classNames: undefined };
  }
  if (architecture === FILE_NETWORK) {
    const expected = 'an .onnx file';
    throw new InputError('the network of an ONNX file without the file', { place: '--weights', found: path, expected });
  }
  const stored = networkIn(file, path, { architecture, stateDict });
  if (architecture === undefined) refuseContradiction(stored, path);
  const of = networkNamed(stored.architecture);
  return {
    of,
    size: inputSize ?? inputSizeIn(stored.metadata) ?? defaultInputSize(of.name),
    stored,
    classNames: undefined,
  };
}

/** What the file says of itself may be another network's name. */
function refuseContradiction(
  { architecture, metadata }: StoredNetwork & { architecture: ArchitectureName },
  file: string,
): void {
  const claimed = contradictedArchitecture(metadata, architecture);
  if (claimed === undefined) return;
  throw new InputError('nothing says for certain which network the weights are of', {
    file,
    place: '--architecture',
    found: `${claimed.name} in the file, and tensors of ${architecture}`,
    expected: `--architecture ${architecture}, if it is that`,
  });
}

/**
 * By whose constants inputs are normalised where nothing says it: the data's, or of the first kind with so many classes.
 * A person's own network for larger images has ImageNet's.
 */
function usualOf(dataset: DatasetSettings | undefined, { network, inputSize, classes }: Model): Usual {
  const isForPhotographs = network.file !== undefined && inputSize > LARGEST_OF_CIFAR;
  const kinds = isForPhotographs ? [] : folderSettings();
  const settings = dataset ?? kinds.find((each) => classNamesOf(each)?.length === classes);
  const name = settings === undefined ? 'imagenet' : kindOf(settings).normalization.name;
  const of = settings === undefined || name === 'imagenet' ? 'ImageNet' : kindOf(settings).title;
  return { of, normalization: NORMALIZATIONS[name as NormalizationName] };
}

/** Networks for CIFAR take its 32×32 or twice as many. */
const LARGEST_OF_CIFAR = 64;

interface Usual {
  readonly of: string;
  readonly normalization: Normalization;
}

/** Which one is taken is said, but where options say it and the file does not say otherwise. */
function normalizationOf(
  inFile: Normalization | undefined,
  usual: Usual,
  { mean, std }: { readonly [Each in 'mean' | 'std']: PerChannel | undefined },
  output: Output,
): Normalization {
  const known = inFile ?? usual.normalization;
  if (mean === undefined && std === undefined) {
    const text = normalizationText(known);
    output.log(
      inFile === undefined
        ? `Nothing says how inputs were normalised: ${usual.of}’s ${text} are assumed (--mean, --std).`
        : `The file says ${text}.`,
    );
    return known;
  }
  const used = { mean: mean ?? known.mean, std: std ?? known.std };
  if (mean === undefined || std === undefined) output.log(`Inputs are normalised by ${normalizationText(used)}.`);
  const contradiction = contradictionText(inFile, used);
  if (contradiction !== undefined) output.log(contradiction);
  return used;
}
