/** Attacks by an engine against PyTorch's numbers: `make_explanations.py`, and `test/fixtures/attacks.py`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { attackFirst } from '../../../../src/computations/attacks/attackFirst';
import type { AttackSettings } from '../../../../src/computations/attacks/schema';
import { loadTestImages } from '../../../../src/datasets';
import { disposeWeights, loadWeights } from '../../../../src/models/forward';
import { createModel } from '../../../../src/models/model';
import { resolveAttack } from '../../../../src/study';
import { readCheckpoint } from '../../../../src/weights/checkpoint';
import { sharedFolder } from '../../../shared';

interface Reference {
  readonly mean: [number, number, number];
  readonly std: [number, number, number];
  readonly label: number[];
  readonly predicted: number[];
  readonly attacks: {
    readonly attack: 'fgsm' | 'pgd';
    readonly epsilon255: number;
    readonly steps: number;
    readonly correct: number;
    readonly of: number;
    readonly logits: number[][];
  }[];
}

type Case = AttackSettings & { readonly clean: number; readonly correct: number; readonly logits: number[][] };

const STEPS = {
  signal: new AbortController().signal,
  yieldTurn: () => Promise.resolve(),
  advance: () => undefined,
};

/** @param most how many gradients a case may need, images × steps × restarts: others are left out */
export function describeOracle(start: () => unknown, most = Infinity): void {
  beforeAll(async () => {
    await start();
  });
  const root = sharedFolder();
  describe('attacks of the real ResNet-20 (shared folder)', () => {
    if (root === undefined) {
      it.skip('is not there');
      return;
    }
    const reference = JSON.parse(readFileSync(join(root, 'reference', 'explanations.json'), 'utf8')) as Reference;
    const cases = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../../fixtures/attacks.json'), 'utf8'),
    ) as Case[];
    const attacked = async (attack: AttackSettings, count: number) => {
      const model = createModel('resnet20', 32, 10);
      const { test } = await loadTestImages({ kind: 'cifar10', folder: join(root, 'data', 'cifar10') });
      const weights = loadWeights(
        (await readCheckpoint({ path: join(root, 'models', 'resnet20.safetensors') }, model)).weights,
      );
      const { mean, std } = reference;
      const input = { inputSize: 32, mean, std };
      const found = await attackFirst({ model, weights, input }, { set: test, count, attack }, STEPS);
      disposeWeights(weights);
      return found;
    };

    for (const expected of reference.attacks) {
      const { attack: kind, epsilon255, steps, correct, of, logits } = expected;
      if (of * steps > most) continue;
      it(`${kind} of ${epsilon255}/255 leaves ${correct} of ${of} right`, async () => {
        const attack = resolveAttack({ kind, norm: 'linf', epsilon: epsilon255 / 255, steps, restarts: 1, seed: 1 });
        const found = await attacked(attack, of);
        expect(found.counts.of).toBe(of);
        expect(Math.abs(found.counts.correct - correct)).toBeLessThanOrEqual(1);
        // Signs of gradients near nought differ by rounding, and many steps carry that on.
        if (steps > 1) return;
        reference.label.forEach((label, i) => {
          // What is wrong as it is need not be attacked.
          if (reference.predicted[i] !== label) return;
          expectNear(found.logits.subarray(10 * i, 10 * i + 10), logits[i] ?? [], 0.05);
        });
      });
    }

    for (const { clean, correct, logits, ...settings } of cases) {
      const { norm, steps, randomStart, restarts, images = 0 } = settings;
      if (images * steps * restarts > most) continue;
      it(`${norm}, ${steps} steps, random start ${randomStart}, ${restarts} restarts: ${correct} of ${images}`, async () => {
        const found = await attacked({ ...settings, kind: steps === 1 ? 'fgsm' : 'pgd' }, images);
        expect(found.counts.clean).toBe(clean);
        expect(found.counts.unmoved).toBe(0);
        expect(Math.abs(found.counts.correct - correct)).toBeLessThanOrEqual(1);
        if (norm === 'linf') return;
        // Rounding moves a step a little, and the next ones carry that on.
        const apart = steps > 1 ? 0.3 : 0.05;
        logits.forEach((each, i) => expectNear(found.logits.subarray(10 * i, 10 * i + 10), each, apart));
      });
    }
  });
}

/** Logits of these images are up to 20 in size. */
function expectNear(found: ArrayLike<number>, expected: readonly number[], most: number): void {
  const apart = expected.map((value, i) => Math.abs(value - (found[i] ?? NaN)));
  expect(Math.max(...apart)).toBeLessThan(most);
}
