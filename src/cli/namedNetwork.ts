/** The network of a file that is named by `--weights`, and how its inputs are given to it. */
import type { ArchitectureName } from '../architectures';
import type { InputSettings } from '../engine/data';
import { inputSizeIn, normalizationIn } from '../engine/importing/facts';
import { createModel, type Model } from '../engine/models/model';
import { readCheckpoint, type Checkpoint } from '../engine/weights/checkpoint';
import { remarksOn } from '../engine/weights/remarks';
import { defaultInputSize, NORMALIZATIONS, type PerChannel } from '../study';
import type { Output } from './output';

export interface InputOptions {
  readonly stateDict?: string;
  readonly mean?: PerChannel;
  readonly std?: PerChannel;
  readonly inputSize?: number;
}

export interface NamedNetwork {
  readonly model: Model;
  readonly input: InputSettings;
  readonly checkpoint: Checkpoint;
}

/** What the options leave open is as the file says, else as the defaults are; what was taken is said. @throws InputError */
export async function namedNetwork(
  path: string,
  architecture: ArchitectureName,
  { stateDict, mean, std, inputSize }: InputOptions,
  output: Output,
): Promise<NamedNetwork> {
  const checkpoint = await readCheckpoint(
    { path, stateDict },
    createModel(architecture, defaultInputSize(architecture)),
  );
  const { metadata } = checkpoint.network;
  for (const remark of remarksOn(checkpoint.network)) output.log(remark);
  const inFile = mean === undefined && std === undefined ? normalizationIn(metadata) : undefined;
  if (inFile !== undefined) output.log(`The file says mean ${inFile.mean.join()} and std ${inFile.std.join()}.`);
  const size = inputSize ?? inputSizeIn(metadata) ?? defaultInputSize(architecture);
  const input = {
    inputSize: size,
    mean: mean ?? inFile?.mean ?? NORMALIZATIONS.cifar10.mean,
    std: std ?? inFile?.std ?? NORMALIZATIONS.cifar10.std,
  };
  return { model: createModel(architecture, size), input, checkpoint };
}
