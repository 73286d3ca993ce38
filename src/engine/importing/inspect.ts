/** What checkpoints of others' are: of which network, of which epochs, and what they say of themselves. */
import { CancelledError, InputError } from '../../common/errors';
import type { ArchitectureName } from '../../architectures';
import type { Claims, ImportedFile } from '../../runs';
import type { Normalization } from '../../study';
import { pause } from '../pause';
import type { StateDictChoice } from '../weights/network';
import { withoutCopies } from './copies';
import { epochsOf } from './epochs';
import { epochSource, type EpochRequest } from './epochSource';
import { claimsIn } from './claims';
import { inputSizeIn, normalizationIn } from './facts';
import { weightFiles, type LeftOut } from './files';
import { inspectFile, type InspectedFile } from './inspectFile';
import { refuseContradiction, sameArchitecture } from './sameArchitecture';
import { notesOn } from './notes';

export interface FoundCheckpoint {
  readonly path: string;
  readonly epoch: number;
  readonly sha256: string;
  /** What the file says of itself, which nobody here has measured. */
  readonly claimed: Facts;
  /** The key of the state dict that is taken, where the file has several or averaged weights. */
  readonly stateDict?: string;
}

export interface Inspection {
  readonly architecture: ArchitectureName;
  /** By epoch; at least one. */
  readonly checkpoints: readonly FoundCheckpoint[];
  readonly leftOut: readonly LeftOut[];
  /** Where files have several, or averaged weights alone: of the newest checkpoint that has. */
  readonly stateDicts: StateDictChoice | undefined;
  /** What else a person should know, a sentence each. */
  readonly notes: readonly string[];
  /** Where the files say it. */
  readonly normalization: Normalization | undefined;
  readonly inputSize: number | undefined;
}

export interface InspectOptions {
  readonly epochs?: readonly number[] | undefined;
  /** What a person says it is. */
  readonly architecture?: ArchitectureName | undefined;
  /** Which of several in each file is meant. */
  readonly stateDict?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((done: number, of: number) => void) | undefined;
}

/** @throws InputError where a file is not one of a network that is known here, or files do not belong together */
export async function inspect(words: readonly string[], options: InspectOptions = {}): Promise<Inspection> {
  const { files, leftOut } = await inspectFiles(words, options);
  const architecture = sameArchitecture(files, options.architecture);
  if (options.architecture === undefined) for (const file of files) refuseContradiction(file);
  const { kept, copies } = options.epochs === undefined ? withoutCopies(files) : { kept: files, copies: [] };
  const { dated, undated } = epochsOf(kept, options.epochs);
  const byEpoch = [...dated].sort((a, b) => a.epoch - b.epoch);
  const checkpoints = byEpoch.map(({ file, epoch }) => checkpointOf(file, epoch));
  const used = byEpoch.map(({ file }) => file);
  return {
    architecture,
    checkpoints,
    leftOut: [...leftOut, ...copies, ...undated],
    stateDicts: used.findLast(({ stateDict }) => stateDict !== undefined)?.stateDict,
    notes: notesOn(architecture, used),
    normalization: allAlike(used.map(({ metadata }) => normalizationIn(metadata))),
    inputSize: allAlike(used.map(({ metadata }) => inputSizeIn(metadata))),
  };
}

/** A file of a folder that holds no network, such as an optimiser's, is left out; one that is named is refused. */
async function inspectFiles(words: readonly string[], { stateDict, signal, progress }: InspectOptions) {
  const found = await weightFiles(words);
  const files: InspectedFile[] = [];
  const leftOut: LeftOut[] = [];
  let refused: InputError | undefined;
  for (const [index, { path, isNamed }] of found.entries()) {
    if (signal?.aborted === true) throw new CancelledError();
    progress?.(index, found.length);
    const file = await inspectFile(path, stateDict);
    if (file instanceof InputError) {
      if (isNamed) throw file;
      refused ??= file;
      leftOut.push({ path, reason: 'it holds no network' });
    } else files.push(file);
    await pause();
  }
  if (files.length === 0 && refused !== undefined) throw refused;
  return { files, leftOut };
}

function checkpointOf({ path, sha256, metadata, stateDict }: InspectedFile, epoch: number): FoundCheckpoint {
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
