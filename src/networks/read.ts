/** Networks that are read from ONNX files, and named ones by what plain values say of them. */
import { createHash } from 'node:crypto';
import {
  FILE_NETWORK,
  isFileNetwork,
  namedNetwork,
  withClasses,
  type FileNetwork,
  type Network,
  type NetworkFile,
  type NetworkName,
} from '../architectures';
import { createCache } from '../common/cache';
import { InputError, isReportedError, messageOf, WorkError } from '../common/errors';
import { fileStamp } from '../common/fileStamp';
import { errorCode, systemReason } from '../common/reasons';
import { readRegularFile } from '../common/regularFile';
import type { OnnxNetwork } from '../onnx';
import { graphDigest } from './digest';

/** What an ONNX file's name ends in. */
export const ONNX_FILE = /\.onnx$/i;

/** Protobuf messages, and so ONNX files, are no larger: bigger networks keep their weights in files beside. */
const MOST_BYTES = 2 ** 31;

/** An ONNX file as read, without the values of its weights. */
export interface ReadNetwork extends Pick<OnnxNetwork, 'metadata' | 'classNames' | 'fileNames'> {
  readonly network: FileNetwork;
  /** Of the file's bytes, hexadecimal. */
  readonly sha256: string;
  /** Where its metadata say how images are normalised: of pixels in [0, 1]. */
  readonly normalization: { readonly mean: PerChannel; readonly std: PerChannel } | undefined;
}

type PerChannel = readonly [red: number, green: number, blue: number];

/** The same with its weights, and as a run keeps it. */
export interface NetworkWithState extends ReadNetwork {
  /** By the tensors' names, in PyTorch's layout; undefined of a file without weights, as runs keep it. */
  readonly state: OnnxNetwork['state'];
  /** The file without the values of its weights. */
  readonly graphBytes: Uint8Array;
}

const READ = createCache<ReadNetwork>({ most: 32, idleMilliseconds: 3_600_000 });

/**
 * Read again only when the file has changed.
 * @param inputSize pixels a side, where the file leaves them open
 * @throws InputError where there is no such file, where it cannot be read, and where it is of another input size
 */
export async function readNetwork(path: string, inputSize?: number): Promise<ReadNetwork> {
  const stamp = await fileStamp(path).catch((error: unknown) => Promise.reject(unreadable(path, error)));
  const make = async (): Promise<ReadNetwork> => {
    const { network, sha256, metadata, normalization, classNames, fileNames } = await readNetworkWithState(
      path,
      inputSize,
    );
    return { network, sha256, metadata, normalization, classNames, fileNames };
  };
  return READ.use(`${String(inputSize)} ${stamp}`, make, (read) => read);
}

/** As {@link readNetwork}, with the weights. */
export async function readNetworkWithState(path: string, inputSize?: number): Promise<NetworkWithState> {
  const bytes = await readRegularFile(path, MOST_BYTES).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  const { readOnnxFile, withoutWeights } = await import('../onnx');
  const read = await readOnnxFile(path, { inputSize });
  const graphBytes = withoutWeights(bytes, path, read);
  const { architecture, graph, state, normalization, ...said } = read;
  const hash = graphDigest(graph);
  const build: FileNetwork['architecture']['build'] = (layers, images, classes) =>
    layers.graph(withClasses(graph, classes), images);
  const network = {
    name: FILE_NETWORK,
    architecture: { ...architecture, build },
    file: { path, hash, graph },
  } as const;
  return {
    ...said,
    network,
    sha256: sha256Of(bytes),
    state,
    graphBytes,
    normalization: normalization && {
      mean: normalization.mean as unknown as PerChannel,
      std: normalization.std as unknown as PerChannel,
    },
  };
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The file without its weights, as a run keeps it. @throws InputError; WorkError where it is no longer what was read */
export async function graphBytesOf({ path, hash, graph }: NetworkFile): Promise<Uint8Array> {
  const { network, graphBytes } = await readNetworkWithState(path, graph.inputSize);
  if (network.file.hash === hash) return graphBytes;
  throw new WorkError('the ONNX file was replaced while it was read', { file: path, advice: 'Try again.' });
}

function unreadable(file: string, error: unknown): InputError {
  if (error instanceof InputError) return error;
  if (isReportedError(error)) throw error;
  if (errorCode(error) === 'ENOENT') return new InputError('there is no such ONNX file', { file });
  const found = systemReason(error) ?? messageOf(error);
  return new InputError('the ONNX file cannot be read', { file, found }, { cause: error });
}

/** A network in plain values, for another thread. */
export interface NetworkReference {
  readonly name: NetworkName;
  /** Of a file's. */
  readonly path: string | undefined;
}

/** @throws InputError as {@link readNetwork} */
export async function networkAt({ name, path }: NetworkReference, inputSize: number): Promise<Network> {
  if (!isFileNetwork(name)) return namedNetwork(name);
  if (path === undefined) throw new Error('the network of a file that nothing names');
  return (await readNetwork(path, inputSize)).network;
}
