/** Loads the kernels compiled from `assembly/` onto the heap. Addresses are in bytes, everything else in elements. */
import { readFile } from 'node:fs/promises';
import { kernelsFile } from './files';
import type { Heap } from './heap';

type Address = number;

/** height, width, channels, outHeight, outWidth, kernelHeight, kernelWidth, stride, padding at the top, at the left. */
export type Geometry = readonly [
  height: number,
  width: number,
  channels: number,
  outHeight: number,
  outWidth: number,
  kernelHeight: number,
  kernelWidth: number,
  stride: number,
  top: number,
  left: number,
];

/** A matrix in memory: its first element, and how far apart its rows and its columns are. */
export type Matrix = readonly [address: Address, rowStep: number, columnStep: number];

export type Triple = readonly [number, number, number];
export type Quadruple = readonly [number, number, number, number];

/** What `assembly/index.ts` exports; each is described where it is written. */
export interface Kernels {
  gemmScratchFloats(columns: number): number;
  gemm(
    ...args: [
      rows: number,
      columns: number,
      depth: number,
      ...a: Matrix,
      ...b: Matrix,
      c: Address,
      cRow: number,
      accumulate: 0 | 1,
      scratch: Address,
    ]
  ): void;
  gatherPatches(patches: Address, x: Address, first: number, count: number, ...geometry: Geometry): void;
  scatterPatches(patches: Address, x: Address, first: number, count: number, ...geometry: Geometry): void;
  winogradScratchFloats(channels: number, outChannels: number, tiles: number): number;
  winogradForward(
    x: Address,
    filter: Address,
    y: Address,
    batch: number,
    height: number,
    width: number,
    channels: number,
    outHeight: number,
    outWidth: number,
    outChannels: number,
    top: number,
    left: number,
    turned: 0 | 1,
    tiles: number,
    scratch: Address,
  ): void;
  winogradFilterGradient(
    x: Address,
    dy: Address,
    dfilter: Address,
    batch: number,
    height: number,
    width: number,
    channels: number,
    outHeight: number,
    outWidth: number,
    outChannels: number,
    top: number,
    left: number,
    tiles: number,
    scratch: Address,
  ): void;
  depthwiseForward(x: Address, filter: Address, y: Address, batch: number, ...geometry: Geometry): void;
  depthwiseInputGradient(dy: Address, filter: Address, dx: Address, batch: number, ...geometry: Geometry): void;
  depthwiseFilterGradient(x: Address, dy: Address, dfilter: Address, batch: number, ...geometry: Geometry): void;
  batchNormForward(
    rows: number,
    channels: number,
    x: Address,
    gamma: Address,
    beta: Address,
    epsilon: number,
    y: Address,
    mean: Address,
    variance: Address,
    inverse: Address,
    scratch: Address,
  ): void;
  batchNormGradient(
    rows: number,
    channels: number,
    dy: Address,
    x: Address,
    gamma: Address,
    mean: Address,
    inverse: Address,
    dx: Address,
    dgamma: Address,
    dbeta: Address,
    scratch: Address,
  ): void;
  batchNormInference(
    rows: number,
    channels: number,
    x: Address,
    gamma: Address,
    beta: Address,
    mean: Address,
    variance: Address,
    epsilon: number,
    y: Address,
    scratch: Address,
  ): void;
  silu(count: number, x: Address, y: Address): void;
  siluGradient(count: number, dy: Address, x: Address, dx: Address): void;
  reluGradient(count: number, dy: Address, x: Address, dx: Address): void;
  sumRows(outer: number, rows: number, channels: number, x: Address, factor: number, y: Address): void;
  maxPoolGradient(x: Address, dy: Address, dx: Address, batch: number, ...geometry: Geometry): void;
  copyBox(...args: [source: Address, ...steps: Triple, target: Address, ...steps: Triple, ...sizes: Quadruple]): void;
}

export async function loadKernels(heap: Heap): Promise<Kernels> {
  const { instance } = await WebAssembly.instantiate(await readFile(kernelsFile()), { env: { memory: heap.memory } });
  return instance.exports as unknown as Kernels;
}
