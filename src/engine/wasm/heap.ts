/**
 * The memory of TensorFlow.js's WebAssembly module, which our own kernels work on too. Addresses are bytes from its
 * start; they stay valid when the memory grows, views of it do not, so none is kept.
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { type DataType, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { WorkError } from '../../common/errors';

export interface Heap {
  /** What our own kernels import. */
  readonly memory: WebAssembly.Memory;
  /** The address of a tensor's first element. */
  readonly addressOf: (tensor: TensorInfo) => number;
  /** A new tensor, its contents undefined. */
  allocate(shape: readonly number[], dtype?: DataType): TensorInfo;
  /** Sets `floats` floats from an address on to 0. */
  clear(address: number, floats: number): void;
  /** Sets `floats` floats from an address on to a value. */
  fill(address: number, floats: number, value: number): void;
  /** Fills a tensor with another's values, from its element `first` on. */
  copy(source: TensorInfo, target: TensorInfo, first?: number): void;
  /** Room for a kernel's intermediate values, valid until the next call. */
  scratch(floats: number): number;
}

/** What of emscripten's module object we use; TensorFlow.js's types leave it out. */
interface EmscriptenModule {
  readonly asm: { readonly memory: WebAssembly.Memory };
  readonly HEAPU8: Uint8Array;
  _malloc: (bytes: number) => number;
  readonly _free: (address: number) => void;
}

export function openHeap(backend: BackendWasm): Heap {
  const module = backend.wasm as unknown as EmscriptenModule;
  const { memory } = module.asm;
  refuseFailedAllocations(module);
  const addressOf = (tensor: TensorInfo): number => backend.getMemoryOffset(tensor.dataId);
  let scratch = { address: 0, floats: 0 };
  return {
    memory,
    addressOf,
    allocate: (shape, dtype = 'float32') => backend.makeOutput([...shape], dtype),
    clear: (address, floats) => {
      module.HEAPU8.fill(0, address, address + 4 * floats);
    },
    fill: (address, floats, value) => {
      new Float32Array(memory.buffer, address, floats).fill(value);
    },
    copy: (source, target, first = 0) => {
      const bytes = util.bytesPerElement(source.dtype);
      const address = addressOf(source) + bytes * first;
      module.HEAPU8.copyWithin(addressOf(target), address, address + bytes * sizeOf(target));
    },
    scratch: (floats) => {
      if (floats > scratch.floats) {
        module._free(scratch.address);
        scratch = { address: 0, floats: 0 };
        scratch = { address: module._malloc(4 * floats) >>> 0, floats };
      }
      return scratch.address;
    },
  };
}

/**
 * Addresses have 32 bits, so that the heap ends at 4 GB. An allocation that fails gives address 0, where TensorFlow.js
 * would go on and overwrite what lies there; it allocates by this property too.
 */
function refuseFailedAllocations(module: EmscriptenModule): void {
  // Emscripten puts the real function in the place of this property when it is first called.
  module._free(module._malloc(1));
  const allocate = module._malloc;
  module._malloc = (bytes) => {
    const address = bytes < 2 ** 32 ? allocate(bytes) : 0;
    if (address !== 0 || bytes === 0) return address;
    throw new WorkError("the embedded engine's memory of 4 GB is used up", {
      advice: 'Take a smaller batch size or input size, or the native engine.',
    });
  };
}

export function sizeOf({ shape }: TensorInfo): number {
  return shape.reduce((product, length) => product * length, 1);
}
