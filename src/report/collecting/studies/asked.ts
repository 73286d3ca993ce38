/** What of a study is asked for, whether it may be computed or not. */
import { chooseMethod, METHODS } from '../../../explanations';
import { methodOf } from '../../../computations/studyTests/requests';
import { sampleOf } from '../../../study';
import type { StudyKey } from '../../../measures/expectations/studies';
import type { CollectOptions } from '../request';

export interface Asked extends CollectOptions {
  readonly testCount: number;
  /** The epochs of all checkpoints that are there. */
  readonly present: readonly number[];
}

/** What commands and the panel measure on where nobody says otherwise. */
const USUAL_SAMPLES = [100, 25];

/** On how many it is measured, at most `most`: as the study says; of what is kept, on how many it may have been, too. */
export function samplesOf({ study, compute }: Asked, key: StudyKey, most: number): number[] {
  const own = sampleOf(study, key) ?? most;
  return [...new Set((compute ? [own] : [own, ...USUAL_SAMPLES]).map((count) => Math.min(count, most)))];
}

/** Of what is kept all methods, at all checkpoints; what is computed is the study's own, at those of the report. */
export function askedFor({ study, compute, epochs, present }: Asked) {
  const others = fittingMethods(study).filter((id) => id !== study.explain.method);
  return {
    epochs: compute ? [...epochs] : [...present],
    methods: [methodOf(study), ...(compute ? [] : others.map((id) => ({ id })))],
    layer: study.explain.layer,
  };
}

/** The ids of the methods that can explain inputs of the study's size. */
export function fittingMethods({ model: { inputSize: side } }: Asked['study']): string[] {
  return METHODS.filter(
    (method) => method.problem?.(chooseMethod(method.id).parameters, { height: side, width: side }) === undefined,
  ).map(({ id }) => id);
}

/** The first that is there. */
export async function firstFound<A, T>(
  attempts: readonly A[],
  find: (attempt: A) => Promise<T | undefined>,
): Promise<T | undefined> {
  for (const attempt of attempts) {
    const found = await find(attempt);
    if (found !== undefined) return found;
  }
  return undefined;
}
