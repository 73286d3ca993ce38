/** What is explained, and how. Needs no engine. */
import { closedFormLayer, isForwardOnly, isFusionName, type ExplainedLayer } from '../../architectures';
import { InputError } from '../../common/errors';
import { METHODS, type ChannelWeights, type ChosenMethod, type ExplanationMethod } from '../../explanations';
import type { Model } from '../../models/model';
import { requireTargetLayer } from '../../models/targetLayer';

export interface Explained {
  readonly model: Model;
  readonly method: ChosenMethod;
  /** The feature map whose resolution the maps have, or several that are fused: see {@link explainedLayer}. */
  readonly targetLayer: ExplainedLayer;
  /** Whether maps keep their sign, by which pixels are ranked: before the ReLU of a method that publishes positive values only. A fusion of layers has positive values alone. */
  readonly signed?: boolean | undefined;
}

/** Whether maps keep positive values only. */
export function isRectified({ method: { method }, signed = false }: Pick<Explained, 'method' | 'signed'>): boolean {
  return method.rectified && !signed;
}

/**
 * The layer that is named, or the input itself of a method of the input's resolution, whose results name it "input".
 * @param place where the person wrote it
 * @throws InputError that lists the layers there are, or the methods whose maps of several layers can be fused
 */
export function explainedLayer(model: Model, { method }: ChosenMethod, layer: string, place = 'layer'): ExplainedLayer {
  if (isForwardOnly(model.network)) refuseGradients(method);
  const input = { name: 'input', channels: 3, height: model.inputSize, width: model.inputSize };
  if (method.resolution === 'input' && layer === input.name) return input;
  const named = requireTargetLayer(model, layer, place);
  if (method.resolution === 'layer') return named;
  if (isFusionName(layer)) throw new InputError(`${method.name} has no layers to fuse`, { place, ...FUSES(layer) });
  return input;
}

/** @throws InputError of a method that needs more than predictions */
function refuseGradients({ name, id, needs }: ExplanationMethod): void {
  if (needs === 'predictions') return;
  throw new InputError(`${name} needs gradients, which a network that onnxruntime runs does not have`, {
    place: '--method',
    found: id,
    expected: `one of ${METHODS.filter((each) => each.needs === 'predictions')
      .map((each) => each.id)
      .join(', ')}`,
  });
}

const FUSES = (layer: string) => ({
  found: JSON.stringify(layer),
  expected: `one layer, or a method of a layer: ${METHODS.filter(({ resolution }) => resolution === 'layer')
    .map(({ id }) => id)
    .join(', ')}`,
});

/** By what channels are weighed where the explained layer's gradient is the same at all positions; else undefined. */
export function closedForm({ model, method: { method }, targetLayer }: Explained): ChannelWeights | undefined {
  if (targetLayer.name !== closedFormLayer(model)?.name) return undefined;
  return method.needs === 'activationsAndGradients' ? method.channelWeights : undefined;
}
