/** Which of two networks is taken, by what they get right. */
import { describe, expect, it } from 'vitest';
import { decide, twinDecisionText } from '../../../src/importing/tellTwinsApart';

const NAMES = ['efficientnet_b0', 'tf_efficientnet_b0'] as const;

/** Images that only the one, only the other, or both get right. */
function decided(onlyOwn: number, onlyOther: number, both: number) {
  const hits = (own: boolean) => [
    ...new Array<boolean>(onlyOwn).fill(own),
    ...new Array<boolean>(onlyOther).fill(!own),
    ...new Array<boolean>(both).fill(true),
  ];
  return decide(NAMES[0], [
    { architecture: NAMES[0], hits: hits(true) },
    { architecture: NAMES[1], hits: hits(false) },
  ]);
}

describe('twins', () => {
  it('are told apart where they differ beyond chance', () => {
    const decision = decided(2, 30, 400);
    expect(decision).toMatchObject({ taken: NAMES[1], isTold: true, images: 432, differing: 32, bestOfDiffering: 30 });
    // 2 · P(X ≥ 30) of 32 fair coins: 2 · (496 + 32 + 1) ÷ 2³².
    expect(decision.p).toBeCloseTo((2 * 529) / 2 ** 32, 12);
    expect(twinDecisionText(decision)).toContain(
      'of 432 test images tf_efficientnet_b0 gets 430, efficientnet_b0 gets 402 right; 32 are right by one alone, 30 of them by tf_efficientnet_b0',
    );
  });

  it('are not where they do not, and the recognised one is taken', () => {
    const decision = decided(10, 14, 400);
    expect(decision).toMatchObject({ taken: NAMES[0], isTold: false });
    expect(twinDecisionText(decision)).toContain('do not tell them apart');
    expect(decided(0, 0, 100)).toMatchObject({ taken: NAMES[0], isTold: false, p: 1 });
  });
});
