/** Which perturbations a request means, and what they are called. */
import { InputError } from '../../common/errors';
import { perturbationText, type Perturbation } from '../../perturbations';
import { currentStudy, type Run } from '../../runs';
import type { RobustnessEntry } from './schema';

export interface ChosenPerturbations {
  /** All of the study's that counts: see `studyInForce`. */
  readonly perturbations: readonly Perturbation[];
  /** Which of them are meant, from 0. */
  readonly indices: readonly number[];
  /** Whose heatmaps are compared. */
  readonly layer: string;
  /** An explanation method's id. */
  readonly method: string;
}

/**
 * @param asked places in the list, all when absent
 * @param fallback for a study that has none
 * @throws InputError for a place that the list does not have
 */
export async function choosePerturbations(
  run: Run,
  asked: readonly number[] | undefined,
  fallback: readonly Perturbation[] = [],
): Promise<ChosenPerturbations> {
  const { perturbations, explain } = await currentStudy(run);
  const entries = perturbations.length === 0 ? fallback : perturbations;
  const unknown = asked?.find((place) => place >= entries.length);
  if (unknown !== undefined) {
    throw new InputError('the study has no such perturbation', {
      file: run.studyFile,
      place: `perturbations[${unknown}]`,
      found: `a list of ${entries.length}`,
      advice: 'The study file may have changed: try again.',
    });
  }
  const places = [...entries.keys()].filter((place) => asked?.includes(place) ?? true);
  return { perturbations: entries, indices: places, layer: explain.layer, method: explain.method };
}

export function describePerturbations({
  perturbations: entries,
  indices: places,
}: ChosenPerturbations): RobustnessEntry[] {
  return places.map((place) => {
    const entry = entries[place] as Perturbation;
    const { kind, rounds, expect = {} } = entry;
    return { entry: place, title: perturbationText(entry), kind, rounds, expects: Object.keys(expect).length > 0 };
  });
}
