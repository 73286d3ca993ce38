/** What checkpoints of others' are: of which network, of which epochs, and what they say of themselves. */
import { CancelledError, InputError } from '../../common/errors';
import type { ArchitectureName } from '../../architectures';
import type { Claims, ImportedFile } from '../../runs';
import type { Normalization } from '../../study';
import { CIFAR10_CLASSES } from '../models/model';
import { pause } from '../pause';
import { readNamedWeights } from '../weights/file';
import { sha256 } from '../weights/sha256';
import { recognise } from '../weights/names/recognise';
import { parseWeights } from '../weights/parse';
import { epochsOf } from './epochs';
import { epochSource } from './epochSource';
import { claimsIn, inputSizeIn, normalizationIn } from './facts';
import { weightFiles } from './files';
import { weightsIn } from './weightsIn';

export interface FoundCheckpoint {
  readonly path: string;
  readonly epoch: number;
  readonly sha256: string;
  /** What the file says of itself, which nobody here has measured. */
  readonly claimed: Facts;
}

export interface Inspection {
  readonly architecture: ArchitectureName;
  /** By epoch. */
  readonly checkpoints: readonly FoundCheckpoint[];
  /** Where the files say it. */
  readonly normalization: Normalization | undefined;
  readonly inputSize: number | undefined;
}

export interface InspectOptions {
  readonly epochs?: readonly number[] | undefined;
  /** What a person says it is. */
  readonly architecture?: ArchitectureName | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((done: number, of: number) => void) | undefined;
}

/** @throws InputError where a file is not one of a network that is known here, or files do not belong together */
export async function inspect(words: readonly string[], options: InspectOptions = {}): Promise<Inspection> {
  const paths = await weightFiles(words);
  const files = [];
  for (const [index, path] of paths.entries()) {
    if (options.signal?.aborted === true) throw new CancelledError();
    options.progress?.(index, paths.length);
    files.push(await inspectFile(path));
    await pause();
  }
  const architecture = sameArchitecture(files, options.architecture);
  const epochs = epochsOf(files, options.epochs);
  const normalizations = files.map(({ metadata }) => normalizationIn(metadata));
  const checkpoints = files.map(({ path, sha256: hash, metadata }, index) => ({
    path,
    epoch: epochs[index] ?? 0,
    sha256: hash,
    claimed: factsIn(metadata),
  }));
  return {
    architecture,
    checkpoints: checkpoints.sort((a, b) => a.epoch - b.epoch),
    normalization: allAlike(normalizations),
    inputSize: allAlike(files.map(({ metadata }) => inputSizeIn(metadata))),
  };
}

type InspectedFile = Awaited<ReturnType<typeof inspectFile>>;

async function inspectFile(path: string) {
  const bytes = await readNamedWeights(path);
  const stored = await parseWeights(bytes, path);
  const { architecture, classes } = recognise(stored, path);
  if (classes !== CIFAR10_CLASSES) {
    throw new InputError('a classifier of other classes than CIFAR-10’s', {
      file: path,
      found: `${classes} classes`,
      expected: `${CIFAR10_CLASSES}`,
      advice: 'To start a training from it, name it in a study’s model.weights: its classifier is then replaced.',
    });
  }
  const weights = weightsIn(stored);
  return { path, architecture, metadata: stored.metadata, weights, sha256: await sha256(bytes) };
}

function sameArchitecture(files: readonly InspectedFile[], asked: ArchitectureName | undefined): ArchitectureName {
  const expected = asked ?? files[0]?.architecture;
  const other = files.find(({ architecture }) => architecture !== expected);
  if (expected !== undefined && other === undefined) return expected;
  throw new InputError('not of the network that was expected', {
    file: other?.path ?? '',
    found: other?.architecture ?? 'nothing',
    expected: asked === undefined ? `${expected ?? ''}, as the others are` : `${asked}, as was asked for`,
  });
}

function allAlike<T>([first, ...others]: readonly (T | undefined)[]): T | undefined {
  return others.every((other) => JSON.stringify(other) === JSON.stringify(first)) ? first : undefined;
}
