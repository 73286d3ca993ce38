/** An ONNX file as a model with weights, and the images that `make_onnx.py` draws. */
import { readFileSync } from 'node:fs';
import { uniform } from '../../src/common/random';
import { readNetworkWithState } from '../../src/networks';
import { createModel, type Model } from '../../src/models/model';
import { normalised, type Rgb } from '../../src/models/normalise';
import { fromStateDict, type StateDict, type Weights } from '../../src/models/weights';

export interface OnnxOracle {
  readonly inputSize: number;
  readonly mean: Rgb;
  readonly std: Rgb;
  /** Of two images, one after the other. */
  readonly logits: readonly (readonly number[])[];
  readonly classes: readonly number[];
  readonly gradCam: readonly {
    readonly module: string;
    readonly shape: readonly [number, number, number, number];
    readonly maps: readonly (readonly number[])[];
  }[];
}

export function readOracle(path: string): OnnxOracle {
  return JSON.parse(readFileSync(path, 'utf8')) as OnnxOracle;
}

export async function openOnnx(path: string, inputSize: number): Promise<{ model: Model; weights: Weights }> {
  const { network, state } = await readNetworkWithState(path, inputSize);
  const model = createModel(network, inputSize, network.file.graph.classes);
  return { model, weights: fromStateDict(model, state as StateDict, 0) };
}

const DRAWN = 8;
/** PyTorch computes in float32, whose rounding decides between two pixel values now and then. */
const f = Math.fround;

/** 8 × 8 uniform pixels, enlarged with linear interpolation: [count, size, size, 3], normalised. */
export function oracleImages(count: number, { inputSize, mean, std }: OnnxOracle): Float32Array {
  const drawn = uniform(`onnx-pixels-${inputSize}`, count * 3 * DRAWN * DRAWN).map(f);
  const pixels = new Uint8Array(count * inputSize * inputSize * 3);
  const places = Array.from({ length: inputSize }, (_, position) => {
    const place = Math.max(0, f(f(f(DRAWN / inputSize) * (position + 0.5)) - 0.5));
    const first = Math.floor(place);
    return [first, Math.min(DRAWN - 1, first + 1), f(place - first)] as const;
  });
  for (let image = 0; image < count; image++) {
    for (const [y, [above, below, down]] of places.entries()) {
      for (const [x, [before, behind, across]] of places.entries()) {
        for (let channel = 0; channel < 3; channel++) {
          const value = (row: number, column: number): number =>
            drawn[((image * 3 + channel) * DRAWN + row) * DRAWN + column] as number;
          const between = (from: number, to: number, share: number): number =>
            f(f(f(1 - share) * from) + f(share * to));
          const top = between(value(above, before), value(above, behind), across);
          const bottom = between(value(below, before), value(below, behind), across);
          const drawnValue = between(top, bottom, down);
          const at = ((image * inputSize + y) * inputSize + x) * 3 + channel;
          pixels[at] = Math.round(f(drawnValue * 255));
        }
      }
    }
  }
  return normalised(pixels, { mean, std });
}
