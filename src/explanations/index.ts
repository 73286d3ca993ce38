/** The explanation methods, with what makes their maps. Pure: it can be read without an engine. */
import { InputError } from '../common/errors';
import type { Size } from '../imaging/placement';
import { coincide, DEFAULT_METHOD, METHOD_IDS } from './descriptions';
import { parameterProblems, parametersSchema } from './descriptions/parameters';
import { gradCam } from './gradCam';
import { gradCamPlusPlus } from './gradCamPlusPlus';
import { hiResCam } from './hiResCam';
import { inputXGradient } from './inputXGradient';
import { integratedGradients } from './integratedGradients';
import { kernelShap } from './kernelShap';
import { layerCam } from './layerCam';
import type { ExplanationMethod } from './method';
import { occlusion } from './occlusion';
import { rise } from './rise';
import { smoothGrad } from './smoothGrad';
import { xGradCam } from './xGradCam';

export type { ChannelWeights, ExplanationMethod, InputMethod, LayerMethod, PredictionMethod, Probe } from './method';
export { DEFAULT_METHOD, isSigned, METHOD_IDS, methodName, methodText } from './descriptions';
export { parameterProblems, rangeText, type ParameterRecord } from './descriptions/parameters';

/** In the order of their descriptions. */
export const METHODS: readonly [ExplanationMethod, ...ExplanationMethod[]] = [
  gradCam,
  hiResCam,
  layerCam,
  gradCamPlusPlus,
  xGradCam,
  integratedGradients,
  smoothGrad,
  inputXGradient,
  occlusion,
  rise,
  kernelShap,
];
/** A method, with all its parameters. */
export interface ChosenMethod {
  readonly method: ExplanationMethod;
  readonly parameters: Readonly<Record<string, number | string>>;
}

/**
 * @param parameters those that differ from the defaults
 * @param place where the person wrote it
 * @throws InputError that lists what there is
 */
export function chooseMethod(
  id = DEFAULT_METHOD,
  parameters: Readonly<Record<string, unknown>> = {},
  place = 'method',
): ChosenMethod {
  const method = METHODS.find((each) => each.id === id);
  if (method === undefined)
    throw new InputError('no such explanation method', {
      place,
      found: JSON.stringify(id),
      expected: `one of ${METHOD_IDS.join(', ')}`,
    });
  const [problem] = parameterProblems(method, parameters);
  if (problem === undefined) return { method, parameters: parametersSchema(method.parameters).parse(parameters) };
  const { parameter, found, expected } = problem;
  const of = place === 'explain.method' ? 'explain.parameters' : 'parameters';
  throw new InputError(`${method.name} does not take this parameter`, { place: `${of}.${parameter}`, found, expected });
}

/** @throws InputError where a method's parameters do not fit the input's size */
export function requireFit({ method, parameters }: ChosenMethod, input: Size, place = 'parameters'): void {
  const problem = method.problem?.(parameters, input);
  if (problem === undefined) return;
  const { parameter, found, expected } = problem;
  const size = `${input.height} × ${input.width}`;
  throw new InputError(`${method.name} cannot be had of an input of ${size} pixels`, {
    place: `${place}.${parameter}`,
    found,
    expected,
  });
}

/** What a kept map names its method by: "gradcam 1", and the parameters where it has some. */
export function methodKey({ method: { id, version }, parameters }: ChosenMethod): {
  readonly method: string;
  readonly parameters?: ChosenMethod['parameters'];
} {
  const method = `${id} ${version}`;
  return Object.keys(parameters).length === 0 ? { method } : { method, parameters };
}

/**
 * The same for results that named no method as long as there was one: undefined of its first version.
 */
export function laterMethodKey(chosen: ChosenMethod): ReturnType<typeof methodKey> | undefined {
  const key = methodKey(chosen);
  return key.method === 'gradcam 1' ? undefined : key;
}

/**
 * The method that a kept map names, if this version has it.
 * @throws InputError where it does not take these parameters any more
 */
export function methodOfKey(key: {
  readonly method: string;
  readonly parameters?: ChosenMethod['parameters'] | undefined;
}): ChosenMethod | undefined {
  const method = METHODS.find(({ id, version }) => `${id} ${version}` === key.method);
  return method && chooseMethod(method.id, key.parameters);
}

/** What the maps of an image cost: of all classes of a layer's method, of one class of a method of the input. */
export interface Passes {
  readonly forward: number;
  readonly backward: number;
}

/** @param isClosedForm whether no gradient has to be taken */
export function passesOf(
  { method, parameters }: ChosenMethod,
  { classes, inputSize }: { readonly classes: number; readonly inputSize: number },
  isClosedForm: boolean,
): Passes {
  switch (method.needs) {
    case 'activationsAndGradients':
      return isClosedForm ? { forward: 1, backward: 0 } : { forward: classes, backward: classes };
    case 'inputGradient': {
      const steps = method.steps(parameters);
      return { forward: 1 + steps + (method.baseline === undefined ? 0 : 1), backward: steps };
    }
    case 'predictions':
      return { forward: 1 + method.predictions(parameters, { height: inputSize, width: inputSize }), backward: 0 };
  }
}

/** The other methods that give the same map behind average pooling and a linear layer, by construction. */
export function coincidingMethods(method: ExplanationMethod): ExplanationMethod[] {
  return METHODS.filter((each) => each !== method && coincide(each, method));
}
