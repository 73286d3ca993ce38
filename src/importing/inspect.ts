/** What checkpoints of others' are: of which network, of which epochs, and what they say of themselves. */
import { basename } from 'node:path';
import { CancelledError, type InputError } from '../common/errors';
import { type ArchitectureName, isFileNetwork, namedNetwork, type Network, type NetworkName } from '../architectures';
import type { Claims, ImportedFile } from '../runs';
import type { Normalization } from '../study';
import { yieldToEvents } from '../common/yieldToEvents';
import type { StateDictChoice } from '../weights/network';
import { withoutCopies } from './copies';
import { epochsOf, nameEpochsOf } from './epochs';
import { epochSource, type EpochRequest } from './epochSource';
import { claimsIn } from './claims';
import { ONNX_FILE, type ReadNetwork } from '../networks';
import { inputSizeIn, normalizationIn } from '../weights/facts';
import { byKind, refuseOtherGraph } from './graphs';
import { normalizationsOf } from './normalizations';
import { weightFiles, type LeftOut } from './files';
import { inspectFile, inspectOnnx, type InspectedFile, type InspectRequest, type Unusable } from './inspectFile';
import { refuseContradiction, sameArchitecture, sameClasses } from './sameArchitecture';
import { isNamed, notesOn } from './notes';

export interface FoundCheckpoint {
  readonly path: string;
  readonly epoch: number;
  readonly sha256: string;
  /** What the file says that its network does. */
  readonly claimed: Claims;
  /** As far as the file shows it. */
  readonly weights: ImportedFile['weights'] | undefined;
  readonly epochFrom: NonNullable<ImportedFile['epochFrom']>;
  /** The key of the state dict that is taken, where the file has several or averaged weights. */
  readonly stateDict?: string;
}

export interface Inspection {
  readonly architecture: NetworkName;
  readonly network: Network;
  /** Where an ONNX file names them. */
  readonly classNames: readonly string[] | undefined;
  /** Others with the same names and shapes; none where a person or the files say which it is. */
  readonly twins: readonly ArchitectureName[];
  /** That their classifiers tell apart. */
  readonly classes: number;
  /** By epoch; at least one. */
  readonly checkpoints: readonly FoundCheckpoint[];
  readonly leftOut: readonly LeftOut[];
  /** Where files have several, or averaged weights alone: of the newest checkpoint that has. */
  readonly stateDicts: StateDictChoice | undefined;
  /** What else a person should know, a sentence each. */
  readonly notes: readonly string[];
  /** Where the files say it, all the same. */
  readonly normalization: Normalization | undefined;
  /** Whether some say another than others, which the notes then tell. */
  readonly normalizationsDiffer: boolean;
  readonly inputSize: number | undefined;
}

export interface InspectOptions {
  readonly epochs?: readonly number[] | undefined;
  /** What a person says it is. */
  readonly architecture?: NetworkName | undefined;
  /** Pixels a side, where an ONNX file leaves them open. */
  readonly inputSize?: number | undefined;
  /** Which of several in each file is meant. */
  readonly stateDict?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((done: number, of: number) => void) | undefined;
}

/** @throws InputError where a file is not one of a network that is known here, or files do not belong together */
export async function inspect(words: readonly string[], options: InspectOptions = {}): Promise<Inspection> {
  const { files, graph, leftOut, warnings } = await inspectFiles(words, options);
  const architecture = sameArchitecture(files, options.architecture);
  const classes = sameClasses(files);
  if (options.architecture === undefined) for (const file of files) refuseContradiction(file);
  const { kept, copies } = options.epochs === undefined ? withoutCopies(files) : { kept: files, copies: [] };
  const { dated, undated } = epochsOf(kept, options.epochs);
  const byEpoch = [...dated].sort((a, b) => a.epoch - b.epoch);
  const asked = { isGiven: options.epochs !== undefined, isAlone: dated.length === 1 };
  const checkpoints = byEpoch.map(({ file, epoch }) => checkpointOf(file, epoch, asked));
  const used = byEpoch.map(({ file }) => file);
  const { normalization, differences } = normalizationsOf(used.map((file) => withSaid(file, graph)));
  return {
    architecture,
    network: isFileNetwork(architecture) ? networkOfGraph(graph) : namedNetwork(architecture),
    classNames: graph?.classNames,
    twins: options.architecture !== undefined || used.every(isNamed) ? [] : (used[0]?.twins ?? []),
    classes,
    checkpoints,
    leftOut: [...leftOut, ...copies, ...undated],
    stateDicts: used.findLast(({ stateDict }) => stateDict !== undefined)?.stateDict,
    notes: [...(graph?.network.file.graph.notes ?? []), ...warnings, ...notesOn(used), ...differences],
    normalization,
    normalizationsDiffer: differences.length > 0,
    inputSize: graph?.network.file.graph.inputSize ?? allAlike(used.map(({ metadata }) => inputSizeIn(metadata))),
  };
}

/** A file of a folder that holds no network, or is damaged, is left out where others are not; one that is named is refused. */
async function inspectFiles(
  words: readonly string[],
  { architecture, stateDict, inputSize, signal, progress }: InspectOptions,
) {
  const { files: all, passedOver } = await weightFiles(words);
  const isOther = architecture !== undefined && !isFileNetwork(architecture);
  const { files: found, graph, leftOut: graphs } = await byKind(all, { isOther, inputSize });
  const request = { architecture: isOther ? architecture : undefined, stateDict, graph };
  const files: InspectedFile[] = [];
  const unusable: (Unusable & { readonly path: string })[] = [];
  for (const [index, { path, isNamed }] of found.entries()) {
    if (signal?.aborted === true) throw new CancelledError();
    progress?.(index, found.length);
    const file = await inspectOne(path, request);
    if ('path' in file) files.push(file);
    else if (isNamed) throw file.error;
    else unusable.push({ path, ...file });
    await yieldToEvents();
  }
  const refused = unusable.find(({ isOther }) => !isOther) ?? unusable[0];
  if (files.length === 0 && refused !== undefined) throw refused.error;
  const leftOut = unusable.map(({ path, ...why }): LeftOut => ({ path, reason: reasonOf(why) }));
  return {
    files,
    graph,
    leftOut: [...leftOut, ...graphs, ...passedOver],
    warnings: unusable.filter(isCheckpoint).map(missedText),
  };
}

/** @throws InputError also for an ONNX file of another graph than the first one's */
async function inspectOne(
  path: string,
  request: InspectRequest & { readonly graph: ReadNetwork | undefined },
): Promise<InspectedFile | Unusable> {
  if (request.graph === undefined || !ONNX_FILE.test(path)) return inspectFile(path, request);
  const expected = request.graph.network;
  const { file, network } = await inspectOnnx(path, expected.file.graph.inputSize);
  refuseOtherGraph(expected, network);
  return file;
}

function networkOfGraph(graph: ReadNetwork | undefined): Network {
  if (graph === undefined) throw new Error('weights of a graph without it');
  return graph.network;
}

/** With what the graph's file says of inputs, where the weights' own does not. */
function withSaid(
  { path, metadata }: InspectedFile,
  graph: ReadNetwork | undefined,
): Pick<InspectedFile, 'path' | 'metadata'> {
  const { mean, std } = graph?.normalization ?? {};
  if (mean === undefined || std === undefined || normalizationIn(metadata) !== undefined) return { path, metadata };
  return { path, metadata: { ...metadata, mean: mean.join(), std: std.join() } };
}

function reasonOf({ error, isOther }: Unusable): string {
  return isOther ? 'it holds no network' : `it cannot be used: ${unnamedText(error)}`;
}

/** Whether a damaged file's name says an epoch, which is then missing among the others. */
function isCheckpoint({ path, isOther }: Unusable & { readonly path: string }): boolean {
  return !isOther && nameEpochsOf([{ path }])[0] !== undefined;
}

function missedText({ path, error }: Unusable & { readonly path: string }): string {
  return `${basename(path)} is missing among the checkpoints: ${unnamedText(error)}.`;
}

/** What is wrong, without the file that it is wrong with. */
function unnamedText({ summary, problem: { place, found } }: InputError): string {
  return `${place === undefined ? '' : `${place}: `}${summary}${found === undefined ? '' : ` (${found})`}`;
}

function checkpointOf(file: InspectedFile, epoch: number, asked: EpochRequest): FoundCheckpoint {
  const { path, sha256, metadata, weights, stateDict } = file;
  return {
    path,
    epoch,
    sha256,
    claimed: claimsIn(metadata, path),
    weights,
    epochFrom: epochSource(file, epoch, asked),
    ...(stateDict === undefined ? {} : { stateDict: stateDict.chosen }),
  };
}

function allAlike<T>([first, ...others]: readonly (T | undefined)[]): T | undefined {
  return others.every((other) => JSON.stringify(other) === JSON.stringify(first)) ? first : undefined;
}
