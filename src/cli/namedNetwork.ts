/** The network of a file that is named by `--weights`, and how its inputs are given to it. */
import type { ArchitectureName } from '../architectures';
import type { InputSettings } from '../models/input';
import { inputSizeIn, normalizationIn } from '../weights/facts';
import { contradictionText, normalizationText } from '../importing/normalizations';
import { createModel, type Model } from '../models/model';
import { readCheckpoint, type Checkpoint } from '../weights/checkpoint';
import { remarksOn } from '../weights/remarks';
import { defaultInputSize, NORMALIZATIONS, type Normalization, type PerChannel } from '../study';
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
  const size = inputSize ?? inputSizeIn(metadata) ?? defaultInputSize(architecture);
  const normalization = normalizationOf(normalizationIn(metadata), { mean, std }, output);
  return { model: createModel(architecture, size), input: { inputSize: size, ...normalization }, checkpoint };
}

/** Which one is taken is said, but where options say it and the file does not say otherwise. */
function normalizationOf(
  inFile: Normalization | undefined,
  { mean, std }: { readonly [Each in 'mean' | 'std']: PerChannel | undefined },
  output: Output,
): Normalization {
  const { cifar10 } = NORMALIZATIONS;
  if (mean === undefined && std === undefined) {
    const text = normalizationText(inFile ?? cifar10);
    output.log(
      inFile === undefined
        ? `Nothing says how inputs were normalised: CIFAR-10’s ${text} are assumed (--mean, --std).`
        : `The file says ${text}.`,
    );
    return inFile ?? cifar10;
  }
  const used = { mean: mean ?? (inFile ?? cifar10).mean, std: std ?? (inFile ?? cifar10).std };
  if (mean === undefined || std === undefined) output.log(`Inputs are normalised by ${normalizationText(used)}.`);
  const contradiction = contradictionText(inFile, used);
  if (contradiction !== undefined) output.log(contradiction);
  return used;
}
