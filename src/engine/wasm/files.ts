/** Where the engine's WebAssembly files lie: beside the bundle, or, run from the sources, where they were installed and built. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WorkError } from '../../common/errors';
import { findProgram } from '../../common/programFile';

const here = dirname(fileURLToPath(import.meta.url));

/** TensorFlow.js's module for machines with SIMD, which every Node we run on has. */
const TENSORFLOW_MODULE = 'tfjs-backend-wasm-simd.wasm';
const KERNELS_MODULE = 'epochlens-kernels.wasm';

/** The folder, with a slash at its end, that holds TensorFlow.js's .wasm files. */
export function tensorflowFolder(): string {
  if (existsSync(join(here, TENSORFLOW_MODULE))) return `${here}/`;
  try {
    return `${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`;
  } catch {
    throw missing(TENSORFLOW_MODULE);
  }
}

export function kernelsFile(): string {
  const found = findProgram(KERNELS_MODULE);
  if (found === undefined) throw missing(KERNELS_MODULE);
  return found;
}

function missing(file: string): WorkError {
  return new WorkError('a part of the embedded engine is missing', {
    file: join(here, file),
    advice: 'Build the project again (npm run build), or install it again.',
  });
}
