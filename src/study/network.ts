/** The network that a study names. */
import { resolve } from 'node:path';
import { declareNetwork, isFileNetwork, namedNetwork, type Declaration, type Network } from '../architectures';
import { classCountOf } from '../datasets/datasetKinds';
import { isReportedError } from '../common/errors';
import { readNetwork } from '../networks';
import type { NetworkFacts } from './resolve';
import type { ModelSettings, Study, StudyFile } from './schema';

/**
 * @param folder the study file's: what a relative path of weights is meant from
 * @throws InputError where it is one of a file that cannot be read, or is of another input size
 */
export async function networkOf({ architecture, weights, inputSize }: ModelSettings, folder: string): Promise<Network> {
  if (!isFileNetwork(architecture)) return namedNetwork(architecture);
  return (await readNetwork(resolve(folder, weights), inputSize)).network;
}

/** What the network is made of, with as many classes as the data set has. @throws InputError also where it cannot have them */
export async function declarationOf({ model, dataset }: Study, folder: string): Promise<Declaration> {
  return declareNetwork(await networkOf(model, folder), model.inputSize, classCountOf(dataset));
}

/** The same for whoever can do without; undefined where its file cannot be read, which `networkCheck` says. */
export async function declarationIfReadable(study: Study, folder: string): Promise<Declaration | undefined> {
  return declarationOf(study, folder).catch((error: unknown) => {
    if (isReportedError(error)) return undefined;
    throw error;
  });
}

/**
 * What an ONNX file says of its network; undefined of a named network, and of a file that cannot be read.
 * @param inputSize as the study has it, where it does: a file may leave it open
 */
export async function networkFactsOf(
  { architecture, weights, inputSize }: Pick<StudyFile['model'], 'architecture' | 'weights' | 'inputSize'>,
  folder: string,
): Promise<NetworkFacts | undefined> {
  if (!isFileNetwork(architecture)) return undefined;
  const path = resolve(folder, weights);
  const read = await readNetwork(path).catch(() => readNetwork(path, inputSize).catch(() => undefined));
  if (read === undefined) return undefined;
  const { mean, std } = read.normalization ?? {};
  return {
    inputSize: read.network.file.graph.inputSize,
    normalization: mean && std && { mean: [...mean], std: [...std] },
  };
}
