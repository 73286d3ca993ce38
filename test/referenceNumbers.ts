/** PyTorch's numbers of `test/fixtures/pytorch`, and the generator that weights and pixels come from. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as tf from '@tensorflow/tfjs-core';
import type { ArchitectureName } from '../src/architectures';
import { uniform } from '../src/common/random';
import { toInput } from '../src/models/input';
import { createModel, type Model } from '../src/models/model';
import { fromStateDict, type Weights } from '../src/models/weights';

export interface ReferenceCase {
  readonly architecture: ArchitectureName;
  readonly inputSize: number;
  readonly logits: number[][];
  readonly targetLayerShape: number[];
  readonly targetLayerMean: number;
  readonly gradCam: {
    readonly class: number;
    /** Images, height and width. */
    readonly shape: [number, number, number];
    readonly raw: number[][];
    readonly upsampledMean: number[];
    readonly upsampledSamples: { readonly y: number; readonly x: number; readonly values: number[] }[];
  }[];
  readonly training?: {
    readonly labels: number[];
    readonly losses: number[];
    readonly gradientNormsAtStep0: Record<string, number>;
    readonly firstBatchNorm: string;
    readonly runningMeanAfter5: number[];
    readonly runningVarAfter5: number[];
    readonly evalLogitsAfter5: number[];
  };
}

export interface Reference {
  readonly pixels: { readonly first12_of_size32: number[] };
  readonly mean: [number, number, number];
  readonly std: [number, number, number];
  readonly models: Record<string, { readonly parameters: number; readonly state: [string, number[]][] }>;
  readonly cases: ReferenceCase[];
}

/** Maps of the first images of ResNet-20's reference batch, one after the other, at layers in the middle of it. */
export interface LayerMaps {
  readonly rows: readonly {
    readonly layer: string;
    readonly method: 'gradcam' | 'hirescam' | 'layercam';
    readonly class: number;
    /** A map an image, a row after another, before any scaling. */
    readonly maps: number[][];
  }[];
}

/** torchvision's rotations of drawn pixels, red, green and blue of each pixel from 0 to 255. */
export interface Rotations {
  /** The name that its pixels are drawn by. */
  readonly pixels: string;
  readonly height: number;
  readonly width: number;
  readonly cases: readonly { readonly degrees: number; readonly values: number[] }[];
}

export const readReference = (): Reference => readNumbers('reference.json') as Reference;
export const readLayerMaps = (): LayerMaps => readNumbers('layerMaps.json') as LayerMaps;
export const readRotations = (): Rotations => readNumbers('rotations.json') as Rotations;

function readNumbers(name: string): unknown {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures', 'pytorch', name), 'utf8'));
}

/** Whole numbers from 0 to 255. */
export function drawnPixels(name: string, count: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(uniform(name, count), (draw) => Math.floor(256 * draw));
}

export function referenceModel({ architecture, inputSize }: Pick<ReferenceCase, 'architecture' | 'inputSize'>): {
  model: Model;
  weights: Weights;
} {
  const model = createModel(architecture, inputSize, 10);
  const state = new Map(
    model.tensors.filter(({ role }) => role !== 'batchCount').map((tensor) => [tensor.name, referenceTensor(tensor)]),
  );
  return { model, weights: fromStateDict(model, state, 0) };
}

function referenceTensor({ name, role, shape }: Model['tensors'][number]): Float32Array {
  const size = shape.reduce((a, b) => a * b, 1);
  const scale = Math.sqrt(6 / (size / (shape[0] ?? 1)));
  return Float32Array.from(uniform(name, size), (draw) => {
    const v = 2 * draw - 1;
    if (role === 'scale') return 1 + 0.1 * v;
    if (role === 'runningVariance') return 1 + 0.5 * Math.abs(v);
    if (role === 'convolution' || role === 'depthwise' || role === 'linear') return v * scale;
    return 0.1 * v;
  });
}

export function referenceBatch(
  { mean, std }: Pick<Reference, 'mean' | 'std'>,
  count: number,
  size: number,
): tf.Tensor4D {
  const pixels = drawnPixels(`pixels-${size}`, count * size * size * 3);
  return toInput(pixels, count, size, size, { inputSize: size, mean, std });
}

/** The largest difference as a part of the largest expected value. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let difference = 0;
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    difference = Math.max(difference, Math.abs((actual[i] as number) - (expected[i] as number)));
    largest = Math.max(largest, Math.abs(expected[i] as number));
  }
  if (actual.length !== expected.length || !Number.isFinite(difference)) return Infinity;
  return difference === 0 ? 0 : difference / largest;
}
