import type { Architecture } from './architecture';
import type { TargetLayer } from './declare';

/**
 * The layer at which Grad-CAM needs no gradients: the last one, where global average pooling and a linear layer follow it.
 * Undefined of architectures with another head.
 */
export function closedFormLayer({
  head,
  targetLayers,
}: Pick<Architecture, 'head'> & { readonly targetLayers: readonly TargetLayer[] }): TargetLayer | undefined {
  return head === 'gapLinear' ? targetLayers.at(-1) : undefined;
}
