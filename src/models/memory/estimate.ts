/** How much memory computing takes, estimated from the model's own description. */
import type { EngineName } from '../../engine/engine';
import type { Model } from '../model';
import { countFloats } from './count';

const BYTES_PER_FLOAT = 4;

/** What an engine takes. */
interface Factors {
  /** Bytes. */
  readonly fixed: number;
  /** Bytes, for each trainable tensor: its operations in the graph. */
  readonly eachTensor: number;
  /** Of feature maps, with their gradients: as many again, but for a few that are added up. */
  readonly maps: number;
  /** Of the maps that a SiLU made, besides: what it is composed of. */
  readonly silus: number;
  /** Of parameters beside a whole batch's maps: the optimiser's state, gradients in pieces and as a whole. */
  readonly parameters: number;
  /** Of parameters where maps are few: then the most is needed by loading them and by the optimiser's step. */
  readonly parametersAlone: number;
}

/**
 * Fitted to the resident set of processes that took training steps, beyond what it was before: 16 cases an engine,
 * `efficientnet_b0` at 32, 96 and 224, `resnet18` at 96 and 224, `resnet18_cifar`, `resnet20` and `resnet56` at 32, of
 * 2 to 512 images, 0.2 to 4.2 GB. Of the eight cases in the test the estimate is off by −8 to +9 % for TensorFlow 2.21,
 * whose allocator holds on to more or less, and by −4 to +1 % for WebAssembly. Not measured on graphics cards.
 */
const FACTORS: Readonly<Record<EngineName, Factors>> = {
  tensorflow: { fixed: 40e6, eachTensor: 0.3e6, maps: 2.12, silus: 3.5, parameters: 10, parametersAlone: 14 },
  wasm: { fixed: 20e6, eachTensor: 0, maps: 2.03, silus: 0, parameters: 7, parametersAlone: 14 },
};

/** What so many images in one training step take, in bytes beyond what the process has without it. */
export function trainingBytes(engine: EngineName, model: Model, images: number): number {
  const { fixed, eachTensor, maps, silus, parameters, parametersAlone } = FACTORS[engine];
  const floats = countFloats(model.build, model.inputSize, model.classes);
  const inMaps = images * (maps * floats.maps + silus * floats.silus);
  const most = Math.max(parametersAlone * model.parameterCount, inMaps + parameters * model.parameterCount);
  return fixed + eachTensor * model.parameters.length + BYTES_PER_FLOAT * most;
}

/** What an image takes where nothing is differentiated and operations come one by one: all maps. A graph takes less. */
export function inferenceBytesEach({ build, inputSize, classes }: Model): number {
  return BYTES_PER_FLOAT * countFloats(build, inputSize, classes).maps;
}
