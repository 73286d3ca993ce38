/** Attacks of a study, with the defaults that follow from other fields. */
import type { Attack } from './attackSchema';
import type { Contradiction } from './contradiction';

export interface ResolvedAttack extends Attack {
  stepSize: number;
  steps: number;
  randomStart: boolean;
}

/** Steps of PGD where nothing is said. */
const PGD_STEPS = 10;
/** Several steps together go this many times as far as epsilon, as Madry et al. 2018 have it. */
const REACH = 2.5;

export function resolveAttack({ images, expect, ...attack }: Attack): ResolvedAttack {
  const { kind, epsilon, restarts } = attack;
  const steps = attack.steps ?? (kind === 'fgsm' ? 1 : PGD_STEPS);
  return {
    ...attack,
    steps,
    stepSize: attack.stepSize ?? (steps === 1 ? epsilon : (REACH * epsilon) / steps),
    randomStart: attack.randomStart ?? restarts > 1,
    // Without fields that are undefined, so that equal lists are equal as JSON, too.
    ...(images === undefined ? {} : { images }),
    ...(expect?.accuracy === undefined ? {} : { expect: { accuracy: expect.accuracy } }),
  };
}

/** A study's, where it has some. */
export function attacksOf({ attacks }: { readonly attacks?: readonly Attack[] | undefined }): {
  attacks?: ResolvedAttack[];
} {
  return attacks === undefined ? {} : { attacks: attacks.map(resolveAttack) };
}

export function attackContradictions({
  attacks = [],
}: {
  readonly attacks?: readonly Attack[] | undefined;
}): Contradiction[] {
  return attacks.flatMap(({ kind, steps = 1, restarts, randomStart }, index): Contradiction[] => [
    ...(kind === 'fgsm' && steps > 1
      ? [
          {
            path: ['attacks', index, 'steps'],
            summary: 'FGSM is one step',
            found: String(steps),
            expected: '1, or "pgd" as "kind"',
          },
        ]
      : []),
    ...(restarts > 1 && randomStart === false
      ? [
          {
            path: ['attacks', index, 'randomStart'],
            summary: 'restarts from the same start find the same',
            found: 'false',
            expected: 'true, or one restart',
          },
        ]
      : []),
  ]);
}
