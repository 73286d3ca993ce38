/** Starting an engine by its name, without any test of it. Each is loaded only when it is asked for. */
import type { EngineName } from './engine';

export interface Launched {
  readonly version: string;
  readonly device: string;
}

export async function launchEngine(name: EngineName): Promise<Launched> {
  switch (name) {
    case 'tensorflow':
      return (await import('./tensorflow/start')).startTensorflow();
    case 'wasm':
      return (await import('./wasm/start')).startWasm();
  }
}
