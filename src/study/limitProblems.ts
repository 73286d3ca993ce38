/** Limits of measurements that no number can meet together. */
import { EXPECTED_STUDIES } from '../measures/expectations/studies';
import type { Contradiction } from './contradiction';
import type { Measurements } from './measurementsSchema';

/** A study of scores whose smallest value that passes is above the largest one. */
export function limitProblems(file: Measurements): Contradiction[] {
  return EXPECTED_STUDIES.flatMap(({ key, scores }) =>
    scores.flatMap((score) => {
      const limits = file[key]?.[score.key] as { readonly min?: number; readonly max?: number } | undefined;
      const { min, max } = limits ?? {};
      if (min === undefined || max === undefined || min <= max) return [];
      return [
        {
          path: [key, score.key, 'min'],
          summary: `no ${score.name} can be at least ${min} and at most ${max}`,
          found: String(min),
          expected: `at most ${max}, the value of ${key}.${score.key}.max`,
        },
      ];
    }),
  );
}
