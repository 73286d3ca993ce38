/** What is explained, and how. Needs no engine. */
import type { TargetLayer } from '../../architectures';
import type { ChannelWeights, ChosenMethod } from '../../explanations';
import type { Model } from '../../models/model';
import { closedFormLayer, requireTargetLayer } from '../../models/targetLayer';

export interface Explained {
  readonly model: Model;
  readonly method: ChosenMethod;
  /** The feature map whose resolution the maps have: see {@link explainedLayer}. */
  readonly targetLayer: TargetLayer;
  /** Whether maps keep their sign, by which pixels are ranked: before the ReLU of a method that publishes positive values only. */
  readonly signed?: boolean | undefined;
}

/** Whether maps keep positive values only. */
export function isRectified({ method: { method }, signed = false }: Pick<Explained, 'method' | 'signed'>): boolean {
  return method.rectified && !signed;
}

/**
 * The layer that is named, or the input itself of a method of the input's resolution, whose results name it "input".
 * @param place where the person wrote it
 * @throws InputError that lists the layers there are
 */
export function explainedLayer(model: Model, { method }: ChosenMethod, layer: string, place?: string): TargetLayer {
  const input = { name: 'input', channels: 3, height: model.inputSize, width: model.inputSize };
  if (method.resolution === 'input' && layer === input.name) return input;
  const named = requireTargetLayer(model, layer, place);
  return method.resolution === 'layer' ? named : input;
}

/** By what channels are weighed where the explained layer's gradient is the same at all positions; else undefined. */
export function closedForm({ model, method: { method }, targetLayer }: Explained): ChannelWeights | undefined {
  if (targetLayer.name !== closedFormLayer(model)?.name) return undefined;
  return method.needs === 'activationsAndGradients' ? method.channelWeights : undefined;
}
