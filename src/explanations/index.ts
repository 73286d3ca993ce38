/** The explanation methods, by their ids. Pure: an editor and a page can read it without an engine. */
import { InputError } from '../common/errors';
import type { Size } from '../imaging/placement';
import { gradCam } from './gradCam';
import { gradCamPlusPlus } from './gradCamPlusPlus';
import { hiResCam } from './hiResCam';
import { inputXGradient } from './inputXGradient';
import { integratedGradients } from './integratedGradients';
import { kernelShap } from './kernelShap';
import { layerCam } from './layerCam';
import type { ExplanationMethod, ParameterProblem } from './method';
import { occlusion } from './occlusion';
import { parametersSchema, rangeText } from './parameters';
import { xGradCam } from './xGradCam';

export type { ChannelWeights, ExplanationMethod, InputMethod, LayerMethod, PredictionMethod, Probe } from './method';
export { rangeText, type ParameterRecord } from './parameters';

/** In the order in which a person chooses among them; the first is the default. */
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
export const METHOD_IDS = METHODS.map(({ id }) => id);
export const DEFAULT_METHOD = METHODS[0].id;

/** "Grad-CAM"; of a method that a later version has, its id. */
export function methodName(id: string): string {
  return METHODS.find((each) => each.id === id)?.name ?? id;
}

/** Whether a method's maps have a sign that says something: such maps are shown in signed colours. */
export function isSigned(id: string): boolean {
  return METHODS.find((each) => each.id === id)?.rectified === false;
}

/** "Grad-CAM (Selvaraju et al. 2017). Weighs each channel by its gradient's mean over all positions." */
export function methodText({ name, source, description }: ExplanationMethod): string {
  return `${name} (${source}). ${description}`;
}

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

/** What is wrong with each of them by itself. */
export function parameterProblems(
  { parameters: records }: ExplanationMethod,
  given: Readonly<Record<string, unknown>>,
): ParameterProblem[] {
  const names = Object.keys(records);
  return Object.entries(given).flatMap(([parameter, value]) => {
    const record = records[parameter];
    const found = JSON.stringify(value);
    if (record === undefined)
      return [
        {
          parameter,
          found,
          expected: names.length === 0 ? 'none: it has no parameters' : `one of ${names.join(', ')}`,
        },
      ];
    const isRight = parametersSchema({ [parameter]: record }).safeParse({ [parameter]: value }).success;
    return isRight ? [] : [{ parameter, found, expected: rangeText(record) }];
  });
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
  const weightsOf = (each: ExplanationMethod) =>
    each.needs === 'activationsAndGradients' ? each.channelWeights : undefined;
  const weights = weightsOf(method);
  return METHODS.filter((each) => each !== method && weights !== undefined && weightsOf(each) === weights);
}
