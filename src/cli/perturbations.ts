/** Which perturbations `perturb` tests. */
import { InputError } from '../common/errors';
import type { Study } from '../study';

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
