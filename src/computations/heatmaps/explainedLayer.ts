import type { TargetLayer } from '../../architectures';
import type { ChosenMethod } from '../../explanations';
import type { Model } from '../../models/model';
import { requireTargetLayer } from '../../models/targetLayer';

/**
 * The feature map whose resolution a method's maps have: the layer that is named, or the input itself.
 * @param place where the person wrote it
 * @throws InputError that lists the layers there are
 */
export function explainedLayer(
  model: Model,
  { method }: ChosenMethod,
  layer: string,
  place?: string,
): TargetLayer {
  const named = requireTargetLayer(model, layer, place);
  if (method.resolution === 'layer') return named;
  return { name: 'input', channels: 3, height: model.inputSize, width: model.inputSize };
}
