import { findTargetLayer, type TargetLayer } from '../architectures';
import { InputError } from '../common/errors';
import type { Model } from './model';

/**
 * The stage that a name means, as `findTargetLayer` has it.
 * @param place where the person wrote it
 * @throws InputError that lists the names there are
 */
export function requireTargetLayer(model: Model, layer: string, place = 'layer'): TargetLayer {
  const targetLayer = findTargetLayer(model.targetLayers, layer);
  if (targetLayer !== undefined) return targetLayer;
  throw new InputError('no such layer', {
    place,
    found: JSON.stringify(layer),
    expected: `auto or one of ${model.targetLayers.map(({ name }) => name).join(', ')} for ${model.architecture}`,
  });
}

export function lastTargetLayer(model: Model): TargetLayer {
  return model.targetLayers.at(-1) as TargetLayer;
}
