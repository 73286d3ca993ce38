/**
 * ONNX files as graphs that are trained and explained like any architecture. Pure: it knows no engine, nothing but
 * `readOnnxFile` knows a disk, and nothing in a file is executed.
 */
import { networkFrom } from './build';
import { checkedModel } from './check';
import { loadExternal } from './external';
import type { OnnxNetwork, OnnxOptions } from './network';

export type { ExternalData, OnnxNetwork, OnnxOptions } from './network';
export { OPERATOR_NAMES } from './operators';
export { architectureOf } from './architecture';
export { readOnnxFile } from './file';
export { readOnnxOutline, type Outline } from './outline';
export { readOnnxTensor, type OnnxTensor } from './tensorFile';
export { withoutWeights } from './withoutWeights';

/**
 * @param path as the person named it, for messages
 * @throws InputError naming file, node and operator, what was found and what was expected
 */
export async function readOnnx(bytes: Uint8Array, path: string, options: OnnxOptions = {}): Promise<OnnxNetwork> {
  const model = checkedModel(bytes, path);
  return networkFrom(model, path, options, await loadExternal(model, path, options.external));
}

/** As {@link readOnnx}, at once: of a file that keeps everything within itself, such as `withoutWeights` gives. */
export function readOnnxGraph(bytes: Uint8Array, path: string, options: OnnxOptions = {}): OnnxNetwork {
  return networkFrom(checkedModel(bytes, path), path, options, new Map());
}
