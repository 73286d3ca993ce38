/** Attacks of a study, with the defaults that follow from other fields. */
import { stepsOf } from './attackDefaults';
import type { Attack } from './attackSchema';
import type { Contradiction } from './contradiction';

export interface ResolvedAttack extends Attack {
  stepSize: number;
  steps: number;
  randomStart: boolean;
}

export function resolveAttack({ images, expect, ...attack }: Attack): ResolvedAttack {
  return {
    ...attack,
    ...stepsOf(attack),
    randomStart: attack.randomStart ?? attack.restarts > 1,
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
