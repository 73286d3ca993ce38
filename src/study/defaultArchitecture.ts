import type { ArchitectureName, NetworkName } from '../architectures';

/** Of a model that names none, from random weights. Apart from the schemas, which take long to load. */
export const DEFAULT_ARCHITECTURE: ArchitectureName = 'resnet20';

/** What an ONNX file's name ends in. */
const ONNX_FILE = /\.onnx$/i;

export function isOnnxFile(weights: unknown): boolean {
  return typeof weights === 'string' && ONNX_FILE.test(weights);
}

/** Of a model that names none: what its weights are of, where they say it. */
export function usualArchitecture(weights: unknown): NetworkName {
  return isOnnxFile(weights) ? 'onnx' : DEFAULT_ARCHITECTURE;
}
