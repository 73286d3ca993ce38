/** The network of a file that is named by `--weights`, and how its inputs are given to it. */
import type { ArchitectureName } from '../../architectures';
import type { InputSettings } from '../../models/input';
import { inputSizeIn, normalizationIn } from '../../weights/facts';
import { contradictionText, normalizationText } from '../../importing/normalizations';
import { createModel, type Model } from '../../models/model';
import { weightsOf, type Checkpoint } from '../../weights/checkpoint';
import { readNamedWeights } from '../../weights/file';
import { networkIn } from '../../weights/network';
import { parseWeights } from '../../weights/parse';
import { remarksOn } from '../../weights/remarks';
import { classNamesOf, folderSettings, kindOf, settingsFor, type DatasetSettings } from '../../datasets';
import { defaultInputSize, NORMALIZATIONS } from '../../study';
import type { Normalization, NormalizationName, PerChannel } from '../../study';
import type { Output } from '../printing/output';

export interface InputOptions {
  readonly stateDict?: string;
  /** The folder of a data set. */
  readonly data?: string;
  readonly mean?: PerChannel;
  readonly std?: PerChannel;
  readonly inputSize?: number;
}

export interface NamedNetwork {
  /** Of as many classes as the file's classifier. */
  readonly model: Model;
  readonly input: InputSettings;
  readonly checkpoint: Checkpoint;
}

/**
 * What the options leave open is as the file says, else as the defaults are; what was taken is said.
 * @throws InputError
 */
export async function namedNetwork(
  path: string,
  architecture: ArchitectureName,
  { stateDict, data, mean, std, inputSize }: InputOptions,
  output: Output,
): Promise<NamedNetwork> {
  const stored = await parseWeights(await readNamedWeights(path), path);
  const network = networkIn(stored, path, { architecture, stateDict });
  const { classes, metadata } = network;
  const size = inputSize ?? inputSizeIn(metadata) ?? defaultInputSize(architecture);
  const model = createModel(architecture, size, classes);
  const checkpoint = { network, weights: weightsOf(network, path, model) };
  for (const remark of remarksOn(network)) output.log(remark);
  const dataset = data === undefined ? undefined : await settingsFor(data, classes, size);
  const normalization = normalizationOf(normalizationIn(metadata), usualOf(dataset, classes), { mean, std }, output);
  return { model, input: { inputSize: size, ...normalization }, checkpoint };
}

/** By whose constants inputs are normalised where nothing says it: the data's, or of the first kind with so many classes. */
function usualOf(dataset: DatasetSettings | undefined, classes: number): Usual {
  const settings = dataset ?? folderSettings().find((each) => classNamesOf(each)?.length === classes);
  if (settings === undefined) return { of: 'ImageNet', normalization: NORMALIZATIONS.imagenet };
  const { title, normalization } = kindOf(settings);
  return { of: title, normalization: NORMALIZATIONS[normalization.name as NormalizationName] };
}

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
