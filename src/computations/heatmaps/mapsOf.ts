/** What a request's heatmaps are of. */
import { chooseMethod, coincidingMethods, passesOf, requireFit } from '../../explanations';
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
  const { explain } = await currentStudy(run);
  const id = asked.method ?? explain.method;
  const method = chooseMethod(id, asked.parameters ?? (id === explain.method ? explain.parameters : undefined));
  const input = inputOf(run.study);
  requireFit(method, { height: input.inputSize, width: input.inputSize });
  return { model, input, method, targetLayer: explainedLayer(model, method, asked.layer) };
}

/** As answers say it. */
export function describeExplanation(explained: Explained): MadeExplanation {
  const { model, method, targetLayer } = explained;
  const isClosedForm = closedForm(explained) !== undefined;
  const { id, name } = method.method;
  const sameAs = isClosedForm ? coincidingMethods(method.method).map((other) => other.name) : [];
  const { name: layer, height, width } = targetLayer;
  return {
    method: {
      id,
      name,
      sameAs,
      isOfOneClass: method.method.resolution === 'input',
      passes: passesOf(method, model, isClosedForm),
    },
    layer: { name: layer, height, width },
  };
}
