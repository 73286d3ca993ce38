/** Which perturbations a request means, and what they are called. */
import { InputError } from '../../common/errors';
import type { RobustnessEntry } from '../../protocol/robustness';
import type { Run } from '../../runs';
import { perturbationText, readStudies, type Perturbation, type Study } from '../../study';

export interface MeantEntries {
  /** All of the study's. */
  readonly entries: readonly Perturbation[];
  /** Which of them are meant, from 0. */
  readonly places: readonly number[];
  /** Whose heatmaps are compared: the study file's, while it describes the run's network, else the run's own. */
  readonly layer: string;
}

/**
 * @param asked the study file whose list it is, or the run's own; and places in the list, all when absent
 * @param fallback for a study that has none
 * @throws InputError for a place that the list does not have
 */
export async function meantEntries(
  run: Run,
  asked: { readonly study?: string | undefined; readonly entries?: readonly number[] | undefined },
  fallback: readonly Perturbation[] = [],
): Promise<MeantEntries> {
  const studies = asked.study === undefined ? [run.study] : (await readStudies(asked.study)).map(({ study }) => study);
  const ofNetwork = studies.find(({ model }) => model.architecture === run.study.model.architecture);
  // Whichever network it is, the perturbations are the same.
  const study: Study = ofNetwork ?? studies[0] ?? run.study;
  const entries = study.perturbations.length === 0 ? fallback : study.perturbations;
  const unknown = asked.entries?.find((place) => place >= entries.length);
  if (unknown !== undefined) {
    throw new InputError('the study has no such perturbation', {
      file: asked.study ?? run.studyFile,
      place: `perturbations[${unknown}]`,
      found: `a list of ${entries.length}`,
      advice: 'The study file may have changed: try again.',
    });
  }
  return {
    entries,
    places: [...entries.keys()].filter((place) => asked.entries?.includes(place) ?? true),
    layer: (ofNetwork ?? run.study).explain.layer,
  };
}

export function describeEntries({ entries, places }: MeantEntries): RobustnessEntry[] {
  return places.map((place) => {
    const entry = entries[place] as Perturbation;
    const { kind, rounds, expect = {} } = entry;
    return { entry: place, title: perturbationText(entry), kind, rounds, expects: Object.keys(expect).length > 0 };
  });
}
