import { findTargetLayer, type TargetLayer } from '../architectures';
import { InputError } from '../common/errors';
import type { Model } from './model';

/**
 * The target layer that a name means, as `findTargetLayer` has it.
 * @param place where the person wrote it
 * @throws InputError that lists the names there are
 */
export function requireTargetLayer(model: Model, layer: string, place = 'layer'): TargetLayer {
  const targetLayer = findTargetLayer(model, layer);
  if (targetLayer !== undefined) return targetLayer;
  throw new InputError('no such layer', {
    place,
    found: JSON.stringify(layer),
    expected: `auto or one of ${model.targetLayers.map(({ name }) => name).join(', ')} for ${model.architecture}`,
  });
}

/**
 * The layer at which Grad-CAM needs no gradients: the last one, where global average pooling and a linear layer follow it.
 * Undefined of architectures with another head.
 */
export function closedFormLayer({ head, targetLayers }: Model): TargetLayer | undefined {
  return head === 'gapLinear' ? targetLayers.at(-1) : undefined;
}
