import { isProblem, resolveLayer, type ExplainedLayer } from '../architectures';
import { InputError } from '../common/errors';
import type { Model } from './model';

/**
 * The target layer that a name means, or several that are fused, as `resolveLayer` has it.
 * @param place where the person wrote it
 * @throws InputError that lists what could be chosen
 */
export function requireTargetLayer(model: Model, layer: string, place = 'layer'): ExplainedLayer {
  const resolved = resolveLayer(model, layer);
  if (!isProblem(resolved)) return resolved;
  const { summary, found, expected } = resolved;
  const { name, file } = model.network;
  throw new InputError(summary, { place, found, expected: file === undefined ? `${expected} for ${name}` : expected });
}
