import { expect, it } from 'vitest';
import { attackSentences, attackTitles } from '../../../../src/measures/attacks/text';
import { missingGradients, takeAttack, type AttackAnswer } from '../../../../webview/robustness/attacks/answer';

const attack = {
  kind: 'pgd',
  norm: 'linf',
  epsilon: 2 / 255,
  stepSize: 0.5 / 255,
  steps: 10,
  randomStart: true,
  restarts: 2,
  seed: 1,
} as const;
const entries = [{ entry: 0, title: 'PGD-10 L∞ 2/255, 2 restarts', attack, images: 100 }];
const result = (epoch: number, correct: number) => ({
  ...{ kind: 'result', entry: 0, epoch, state: 'computed' },
  ...{ attacked: { of: 100, clean: 90, correct, unmoved: 0 }, misses: [] },
});

it('takes results as they come, the newest of each, and knows what is left to compute', () => {
  let answer: AttackAnswer | undefined = takeAttack(undefined, { kind: 'start', entries });
  for (const each of [result(2, 40), result(1, 50), result(2, 41)])
    answer = takeAttack(answer, each as Parameters<typeof takeAttack>[1]);
  expect(answer?.results.map(({ epoch, attacked }) => [epoch, attacked.correct])).toEqual([
    [1, 50],
    [2, 41],
  ]);
  // 100 images, 10 steps, 2 restarts, at the one epoch of three that is not there.
  expect(answer && missingGradients(answer, [0, 1, 2])).toBe(2000);
});

it('says what is left beside clean accuracy, with the interval, and never that a network is robust', () => {
  const title = attackTitles([attack, { ...attack }])[1] ?? '';
  expect(title).toBe('PGD-10 L∞ 2/255, 2 restarts (2)');
  const attacked = { of: 100, clean: 90, correct: 57, unmoved: 0 };
  // Wilson's interval of 57 of 100: 47.2 … 66.3.
  expect(attackSentences('epoch 2', [{ title, attack, attacked }])).toEqual([
    `At epoch 2 ${title} leaves 57.0 % (95 % 47.2…66.3) of 100 images classified rightly, of 90.0 % as they are.`,
  ]);
});
