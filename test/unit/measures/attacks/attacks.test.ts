import { describe, expect, it } from 'vitest';
import { margin } from '../../../../src/computations/attacks/margin';
import { attackDoubts } from '../../../../src/measures/attacks/doubts';
import { attackMisses } from '../../../../src/measures/attacks/expectations';
import { attackTitle, distanceText } from '../../../../src/measures/attacks/title';
import { attackSchema, resolveAttack } from '../../../../src/study';

const counts = (correct: number, unmoved = 0) => ({ of: 100, clean: 90, correct, unmoved });
const fgsm = { kind: 'fgsm', norm: 'linf', epsilon: 8 / 255, steps: 1 } as const;
const pgd = { ...fgsm, kind: 'pgd', steps: 10 } as const;

describe('attacks', () => {
  it('have the defaults that follow from kind, steps and restarts', () => {
    const resolved = (attack: object) => resolveAttack(attackSchema.parse(attack));
    expect(resolved({ kind: 'fgsm' })).toEqual({
      ...{ kind: 'fgsm', norm: 'linf', epsilon: 8 / 255, steps: 1, stepSize: 8 / 255 },
      ...{ randomStart: false, restarts: 1, seed: 1 },
    });
    expect(resolved({ kind: 'pgd', epsilon: '2/255' })).toMatchObject({ steps: 10, stepSize: 0.5 / 255 });
    expect(resolved({ kind: 'pgd', restarts: 5 }).randomStart).toBe(true);
  });

  it('are called what papers call them', () => {
    expect(attackTitle({ ...fgsm, restarts: 1 })).toBe('FGSM L∞ 8/255');
    expect(attackTitle({ ...pgd, norm: 'l2', epsilon: 0.5, restarts: 5 })).toBe('PGD-10 L2 0.5, 5 restarts');
    expect(distanceText(1)).toBe('1');
  });

  it('count the first of equal logits as predicted', () => {
    expect(margin([1, 3, 2], 1)).toBe(1);
    expect(margin([1, 3, 2], 2)).toBe(-1);
    expect(margin([3, 3, 2], 0)).toBeGreaterThan(0);
    expect(margin([3, 3, 2], 1)).toBe(0);
  });

  it('miss a limit above what is left', () => {
    expect(attackMisses({ expect: { accuracy: { min: 30 } } }, counts(30))).toEqual([]);
    expect(attackMisses({ expect: { accuracy: { min: 30 } } }, counts(29)).map(({ text }) => text)).toEqual([
      'accuracy under attack 29.00 % (29 of 100), expected at least 30 %',
    ]);
    expect(attackMisses({}, counts(0))).toEqual([]);
  });

  it('are doubted where one step finds more, where an unbounded one fails, and where gradients are nought', () => {
    const at = (attack: typeof fgsm | typeof pgd, attacked: ReturnType<typeof counts>) => ({
      title: attack.kind,
      attack,
      attacked,
    });
    expect(attackDoubts([at(fgsm, counts(40)), at(pgd, counts(30))])).toEqual([]);
    expect(attackDoubts([at(fgsm, counts(30)), at(pgd, counts(40))])).toEqual([
      expect.stringContaining('masked gradients'),
    ]);
    const unbounded = { title: 'pgd', attack: { ...pgd, epsilon: 1 } };
    expect(attackDoubts([{ ...unbounded, attacked: counts(5) }])).toEqual([]);
    expect(attackDoubts([{ ...unbounded, attacked: counts(6) }])).toHaveLength(1);
    expect(attackDoubts([at(pgd, counts(40, 5))])).toEqual([expect.stringContaining('5 of the 90')]);
  });
});
