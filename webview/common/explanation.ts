/** How heatmaps are made, as a person chooses it: a method with its parameters, at a layer. */
import * as z from 'zod/mini';
import {
  coincide,
  describedChoice,
  describedMethod,
  DESCRIPTIONS,
  hasClosedForm,
  parameterProblems,
  type DescribedChoice,
} from '../../src/explanations/descriptions';
import type { RunView } from '../../src/protocol/panelView';
import { fusedLayers } from './layer';

/** A method that the person has chosen. */
export const methodChoiceSchema = z.object({
  id: z.string(),
  /** Those that differ from the defaults. */
  parameters: z.record(z.string(), z.union([z.number(), z.string()])),
});
export type MethodChoice = z.output<typeof methodChoiceSchema>;

/** What of a view the choice rests on. */
export type ExplainedView = Pick<
  RunView,
  'classNames' | 'inputSize' | 'layers' | 'studyLayer' | 'studyMethod' | 'studyParameters'
>;

/** As a request has it. */
export interface Explanation {
  readonly method: string;
  readonly parameters: Readonly<Record<string, number | string>>;
  readonly layer: string;
  /** Of another run than the page shows; absent of its own. */
  readonly of?: OtherRunExplained | undefined;
}

/** Whose checkpoints are explained. */
export interface OtherRunExplained {
  /** Its folder. */
  readonly run: string;
  /** How a person calls it. */
  readonly name: string;
  /** Its checkpoints: there are maps of no others. */
  readonly epochs: readonly number[];
}

/** A method, with all its parameters, at a layer, whose heatmaps are shown. */
export interface ShownExplanation extends DescribedChoice, Pick<Explanation, 'layer' | 'of'> {
  /** What its results are found by. */
  readonly key: string;
  /** The others among those chosen that give the same maps here by construction, and are not shown by themselves. */
  readonly sameAs: readonly string[];
}

/** A method without any parameter of its own, or the study's with the study's. */
export function choiceOf(id: string, { studyMethod, studyParameters }: ExplainedView): MethodChoice {
  return { id, parameters: id === studyMethod ? studyParameters : {} };
}

/** The person's choice, or the study's where there is none, or this version does not have it. */
export function chosenMethod(view: ExplainedView, choice: MethodChoice | null): DescribedChoice {
  const wanted = choice ?? choiceOf(view.studyMethod, view);
  const method = describedMethod(wanted.id);
  if (method === undefined) return choice === null ? describedChoice(DESCRIPTIONS[0], {}) : chosenMethod(view, null);
  const isRight = parameterProblems(method, wanted.parameters).length === 0;
  return describedChoice(method, isRight ? wanted.parameters : {});
}

export function shownExplanation(view: ExplainedView, choice: MethodChoice | null, layer: string): ShownExplanation {
  const chosen = chosenMethod(view, choice);
  return { ...chosen, layer, key: explanationKey({ ...requestOf({ ...chosen, layer }) }), sameAs: [] };
}

/** Of several methods those that give maps of their own at this layer, in the order of the choice; at least one. */
export function shownExplanations(
  view: ExplainedView,
  choices: readonly MethodChoice[],
  layer: string,
): [ShownExplanation, ...ShownExplanation[]] {
  const all = (choices.length === 0 ? [null] : choices).map((choice) => shownExplanation(view, choice, layer));
  const areOne = (a: ShownExplanation, b: ShownExplanation): boolean =>
    isClosedForm(view, a, a.layer) && a.method !== b.method && coincide(a.method, b.method);
  const shown: ShownExplanation[] = [];
  for (const each of all) {
    const at = shown.findIndex((other) => other.key === each.key || areOne(other, each));
    const other = shown[at];
    if (other === undefined) shown.push(each);
    else if (other.key !== each.key) shown[at] = { ...other, sameAs: [...other.sameAs, each.method.name] };
  }
  return shown as [ShownExplanation, ...ShownExplanation[]];
}

/** Whether no gradient has to be taken for the method's maps at this layer. */
export function isClosedForm({ layers }: ExplainedView, { method }: DescribedChoice, layer: string): boolean {
  return hasClosedForm(method) && layers.some(({ name, closedForm }) => name === layer && closedForm);
}

export function requestOf({
  method,
  parameters,
  layer,
  of,
}: DescribedChoice & Pick<Explanation, 'layer' | 'of'>): Explanation {
  // Several layers are fused of a layer's method alone.
  return { method: method.id, parameters, layer: method.resolution === 'input' ? 'input' : layer, ...(of && { of }) };
}

/** As the study file has it: a layer there is what is shown by another method. */
export function studyExplanation(shown: ShownExplanation): Explanation {
  const isWithout = shown.method.resolution === 'input' && fusedLayers(shown.layer) !== undefined;
  return { ...requestOf(shown), layer: isWithout ? 'auto' : shown.layer };
}

/** Whether it maps one class at a time, and at the input's resolution, so that it has no layer. */
export function isOfOneClass({ method }: Pick<Explanation, 'method'>): boolean {
  return describedMethod(method)?.resolution === 'input';
}

export function explanationKey(explanation: Explanation): string {
  const { method, parameters, layer, of } = explanation;
  const sorted = Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1));
  const own = [method, sorted, isOfOneClass(explanation) ? 'input' : layer];
  return JSON.stringify(of === undefined ? own : [...own, of.run]);
}

/** The same of another run's checkpoints. @param layer the target layer of that run's network */
export function explanationOf(of: OtherRunExplained, layer: string, shown: ShownExplanation): ShownExplanation {
  const other = { ...shown, layer, of };
  return { ...other, key: explanationKey(requestOf(other)) };
}

/** "Occlusion", and what of its parameters is not the default: "Occlusion (window 4)". */
export function explanationName({ method, parameters }: DescribedChoice): string {
  const own = Object.entries(parameters).filter(([name, value]) => value !== method.parameters[name]?.default);
  return own.length === 0 ? method.name : `${method.name} (${own.map((each) => each.join(' ')).join(', ')})`;
}

/** The same, with those that give the same maps: "Grad-CAM = HiResCAM". */
export function explanationNames(explanation: ShownExplanation): string {
  const names = [explanationName(explanation), ...explanation.sameAs].join(' = ');
  return explanation.of === undefined ? names : `${names}, ${explanation.of.name}`;
}
