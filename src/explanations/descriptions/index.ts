/** What explanation methods there are. Pages read them here, without what makes the maps. */
import type { MethodDescription } from './description';
import { GRAD_CAM } from './gradCam';
import { GRAD_CAM_PLUS_PLUS } from './gradCamPlusPlus';
import { HI_RES_CAM } from './hiResCam';
import { INPUT_X_GRADIENT } from './inputXGradient';
import { INTEGRATED_GRADIENTS } from './integratedGradients';
import { KERNEL_SHAP } from './kernelShap';
import { LAYER_CAM } from './layerCam';
import { OCCLUSION } from './occlusion';
import { parametersSchema } from './parameters';
import { RISE } from './rise';
import { SMOOTH_GRAD } from './smoothGrad';
import { X_GRAD_CAM } from './xGradCam';

export type { MethodDescription } from './description';
export { parameterProblems, type ParameterRecord } from './parameters';

/** In the order in which a person chooses among them; the first is the default. */
export const DESCRIPTIONS: readonly [MethodDescription, ...MethodDescription[]] = [
  GRAD_CAM,
  HI_RES_CAM,
  LAYER_CAM,
  GRAD_CAM_PLUS_PLUS,
  X_GRAD_CAM,
  INTEGRATED_GRADIENTS,
  SMOOTH_GRAD,
  INPUT_X_GRADIENT,
  OCCLUSION,
  RISE,
  KERNEL_SHAP,
];
export const METHOD_IDS = DESCRIPTIONS.map(({ id }) => id);
export const DEFAULT_METHOD = DESCRIPTIONS[0].id;

/** Undefined of a method that a later version has. */
export function describedMethod(id: string): MethodDescription | undefined {
  return DESCRIPTIONS.find((each) => each.id === id);
}

/** "Grad-CAM"; of a method that a later version has, its id. */
export function methodName(id: string): string {
  return describedMethod(id)?.name ?? id;
}

/** Whether a method's maps have a sign that says something: such maps are shown in signed colours. */
export function isSigned(id: string): boolean {
  return describedMethod(id)?.rectified === false;
}

/** "Grad-CAM (Selvaraju et al. 2017). Weighs each channel by its gradient's mean over all positions." */
export function methodText({ name, source, description }: MethodDescription): string {
  return `${name} (${source}). ${description}`;
}

/** Whether a method needs no gradient behind average pooling and a linear layer. */
export function hasClosedForm(method: MethodDescription): boolean {
  return method.needs === 'activationsAndGradients' && method.closedForm !== undefined;
}

/** Whether two methods give the same map behind average pooling and a linear layer, by construction. */
export function coincide(...methods: readonly [MethodDescription, MethodDescription]): boolean {
  return methods.every((each) => each.needs === 'activationsAndGradients' && each.closedForm === 'linear');
}

/** A method, with all its parameters. */
export interface DescribedChoice {
  readonly method: MethodDescription;
  readonly parameters: Readonly<Record<string, number | string>>;
}

/** @param parameters those that differ from the defaults; none of them has a problem */
export function describedChoice(method: MethodDescription, parameters: DescribedChoice['parameters']): DescribedChoice {
  return { method, parameters: parametersSchema(method.parameters).parse(parameters) };
}
