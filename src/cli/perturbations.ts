/** Which perturbations `perturb` tests. */
import { stat } from 'node:fs/promises';
import { InputError } from '../common/errors';
import type { Run } from '../runs';
import { readStudies, studyHash, type Study } from '../study';
import type { Output } from './output';

/**
 * The study whose perturbations, images, checkpoints and layer count: the file as it is now, while it still describes the
 * run's training, so that a changed number is tested without training anew; else the run's own.
 */
export async function currentStudy(run: Run, output: Output): Promise<Study> {
  if ((await stat(run.studyFile).catch(() => undefined)) === undefined) return run.study;
  const studies = (await readStudies(run.studyFile)).map(({ study }) => study);
  const current = studies.find((study) => studyHash(study) === run.manifest.studyHash);
  if (current !== undefined) return current;
  output.log(
    `${run.studyFile} describes another training by now: perturbations, images and layer are those of the run.`,
  );
  return run.study;
}

/**
 * @param only numbers from 1; all when absent
 * @returns places in the study's list, from 0, in its order
 * @throws InputError for a number that the study does not have
 */
export function choosePerturbations({ perturbations }: Study, file: string, only?: readonly number[]): number[] {
  if (perturbations.length === 0) {
    throw new InputError('the study has no perturbations', {
      file,
      place: 'perturbations',
      expected: 'one at least, such as { "kind": "gaussianNoise" }',
    });
  }
  const unknown = only?.find((number) => number > perturbations.length);
  if (unknown !== undefined) {
    throw new InputError('no such perturbation', {
      file,
      place: '--only',
      found: String(unknown),
      expected: perturbations.length === 1 ? '1' : `a number from 1 to ${perturbations.length}`,
    });
  }
  const places = [...perturbations.keys()];
  return only === undefined ? places : places.filter((place) => only.includes(place + 1));
}
