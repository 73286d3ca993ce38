/**
 * ONNX files as graphs that are trained and explained like any architecture. Pure: it knows neither disk nor engine, but for
 * `readOnnxFile`, and nothing in a file is executed.
 */
import type { OnnxNetwork, OnnxOptions } from './network';

export type { ExternalData, OnnxNetwork, OnnxOptions } from './network';

/**
 * @param path as the person named it, for messages
 * @throws InputError naming file, node and operator, what was found and what was expected
 */
export function readOnnx(bytes: Uint8Array, path: string, options: OnnxOptions = {}): Promise<OnnxNetwork> {
  throw new Error(`${path}: ${bytes.length} ${String(options.inputSize)}`);
}

/** As {@link readOnnx}, at once: of a file that keeps everything within itself, such as `withoutWeights` gives. */
export function readOnnxGraph(bytes: Uint8Array, path: string, options: OnnxOptions = {}): OnnxNetwork {
  throw new Error(`${path}: ${bytes.length} ${String(options.inputSize)}`);
}

/** As {@link readOnnx}, of a file on disk with the external data beside it, none of which may lie outside its folder. */
export function readOnnxFile(path: string, options: Omit<OnnxOptions, 'external'> = {}): Promise<OnnxNetwork> {
  throw new Error(`${path}: ${String(options.inputSize)}`);
}

/**
 * The graph as a run keeps it: tensors of the state dict keep name, type and shape and lose their values; all else stays.
 * `readOnnxGraph` reads it, without a state.
 */
export function withoutWeights(bytes: Uint8Array, path: string): Uint8Array {
  throw new Error(`${path}: ${bytes.length}`);
}
