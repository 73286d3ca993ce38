import type { EngineDeclaration } from '../declaration';
import { checkAddressSpace } from '../memory/addressSpace';

/** TensorFlow.js in WebAssembly, with gradient kernels of this program's own. It is part of the package. */
export const wasm: EngineDeclaration = {
  launch: async () => (await import('./start')).startWasm(),
  check: checkAddressSpace,
  // Its addresses have 32 bits, and TensorFlow.js's module is built to grow to all of that.
  addresses: { bytes: 2 ** 32, words: 'is all that WebAssembly can address' },
  reproducible: true,
};
