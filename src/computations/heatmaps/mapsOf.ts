/** What a request's heatmaps are of. */
import { chooseMethod, coincidingMethods, passesOf } from '../../explanations';
import type { InputSettings } from '../../models/input';
import { currentStudy, type Run } from '../../runs';
import { inputOf, modelOf } from '../../weights/fromStudy';
import { closedForm, explainedLayer, type Explained } from './explained';
import type { ExplanationRequest, MadeExplanation } from './schema';

export interface MapsOf extends Explained {
  readonly input: InputSettings;
}

/** @throws InputError that lists the methods, or the layers, there are */
export async function mapsOf(run: Run, asked: ExplanationRequest): Promise<MapsOf> {
  const model = modelOf(run);
  const method = chooseMethod(asked.method ?? (await currentStudy(run)).explain.method, asked.parameters);
  return { model, input: inputOf(run.study), method, targetLayer: explainedLayer(model, method, asked.layer) };
}

/** As answers say it. */
export function describeExplanation(explained: Explained): MadeExplanation {
  const { model, method, targetLayer } = explained;
  const isClosedForm = closedForm(explained) !== undefined;
  const { id, name } = method.method;
  const sameAs = isClosedForm ? coincidingMethods(method.method).map((other) => other.name) : [];
  const { name: layer, height, width } = targetLayer;
  return {
    method: { id, name, sameAs, passes: passesOf(method, model.classes, isClosedForm) },
    layer: { name: layer, height, width },
  };
}
