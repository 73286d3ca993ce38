/** What tells two graphs apart. */
import { createHash } from 'node:crypto';
import type { Graph } from '../architectures';
import { canonicalJson } from '../common/canonicalJson';

/**
 * sha256, in hex, of everything that a graph computes and lets look at, and nothing of how its file calls or keeps it:
 * files of one network, of several epochs or without weights, have one digest.
 */
export function graphDigest({ inputSize, classes, nodes, constants, output, tensors, layers }: Graph): string {
  const hash = createHash('sha256');
  const operations = nodes.map(({ operation, inputs, output, shape }) => ({ operation, inputs, output, shape }));
  hash.update(canonicalJson({ inputSize, classes, operations, output, tensors, layers }));
  for (const { shape, data } of constants) {
    hash.update(shape.join()).update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest('hex');
}
