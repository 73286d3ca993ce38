import { describe, expect, it } from 'vitest';
import { beating } from '../../../../src/measures/faithfulness/beating';
import type { ControlId } from '../../../../src/measures/faithfulness/controls';
import type { MeasuredFaithfulness } from '../../../../src/measures/faithfulness/measured';
import { faithfulnessSentences } from '../../../../src/measures/faithfulness/text';
import { SCORES, type ScoreId } from '../../../../src/measures/faithfulness/scores';
import { createSummary } from '../../../../src/measures/faithfulness/summary';

type Difference = readonly [mean: number, low: number, high: number] | null;

function point(
  epoch: number,
  score: ScoreId,
  differences: Partial<Record<ControlId, Difference>>,
): MeasuredFaithfulness {
  const estimate = { mean: 0.5, n: 500, interval: { low: 0.45, high: 0.55 }, intervalFrom: 25 };
  return {
    epoch,
    images: 500,
    accuracy: null,
    confidence: estimate,
    scores: [
      {
        score,
        estimate,
        curves: [],
        perImage: [],
        controls: Object.entries(differences).map(([control, difference]) => ({
          control: control as ControlId,
          estimate,
          difference:
            difference === null
              ? { mean: 0.1, n: 20, interval: null, intervalFrom: 25 }
              : { ...estimate, mean: difference[0], interval: { low: difference[1], high: difference[2] } },
          curves: [],
          perImage: [],
        })),
      },
    ],
  };
}

const ABOVE: Difference = [0.08, 0.05, 0.11];
const BELOW: Difference = [-0.08, -0.11, -0.05];
const ABOUT: Difference = [0.01, -0.02, 0.04];

describe('from which epoch on a map beats a control', () => {
  const of = (score: ScoreId, ...differences: Difference[]) =>
    beating(
      differences.map((random, epoch) => point(epoch, score, { random })),
      score,
      'random',
    );

  it('is the first from which the interval excludes nought at every later one too', () => {
    expect(of('insertion', ABOVE, ABOUT, ABOVE, ABOVE)).toMatchObject({ kind: 'from', epoch: 2 });
    expect(of('insertion', ABOVE, ABOVE)).toMatchObject({ kind: 'from', epoch: 0 });
    expect(of('insertion', ABOVE, null, ABOVE)).toMatchObject({ kind: 'from', epoch: 2 });
  });

  it('is of deletion where the difference is below nought', () => {
    expect(of('deletion', ABOUT, BELOW)).toMatchObject({ kind: 'from', epoch: 1 });
    expect(of('deletion', BELOW, ABOVE)).toMatchObject({ kind: 'no', isWorse: true });
  });

  it('is none where the last interval holds nought, and not known where there is none', () => {
    expect(of('road', ABOVE, ABOUT)).toMatchObject({ kind: 'no', isWorse: false });
    expect(of('road', ABOVE, null)).toMatchObject({ kind: 'unknown' });
    expect(of('sparseness', ABOVE)).toBeUndefined();
  });
});

describe('sentences', () => {
  it('say what is beaten from when on, and what is not', () => {
    const points = [
      point(1, 'insertion', { random: ABOVE, blob: ABOUT, edge: ABOVE }),
      point(6, 'insertion', { random: ABOVE, blob: ABOVE, edge: ABOUT }),
    ];
    expect(faithfulnessSentences('Grad-CAM at layer3.2', points)).toEqual([
      'Insertion: Grad-CAM at layer3.2 beats a random map from epoch 1 (difference at epoch 6 0.080, 95 % 0.050…0.110, 500 images) and a centred blob only from epoch 6 (difference 0.080, 95 % 0.050…0.110, 500 images); it does not beat an edge map at epoch 6 (difference 0.010, 95 % −0.020…0.040, 500 images).',
    ]);
  });

  it('claim nothing without an interval, and describe what is no contest', () => {
    expect(faithfulnessSentences('M', [point(3, 'road', { random: null })])).toEqual([
      'ROAD: whether M beats a random map cannot be said (20 images: no interval below 25 images).',
    ]);
    const [sparse] = faithfulnessSentences('M', [point(3, 'sparseness', { random: ABOVE })]);
    expect(sparse).toMatch(/^Sparseness of M is 0\.500 at epoch 3 \(95 % 0\.450…0\.550, 500 images\): the Gini index/);
    expect(faithfulnessSentences('M', [])).toEqual([]);
  });

  it('name every score once', () => {
    expect(new Set(SCORES.map(({ name }) => name)).size).toBe(SCORES.length);
  });
});

describe('the numbers of a checkpoint', () => {
  const images = 40;
  const scores = Array.from({ length: images }, (_, i) => (i === 3 ? null : 0.5 + 0.2 * Math.sin(i)));
  const control = Array.from({ length: images }, (_, i) => 0.3 + 0.2 * Math.sin(i) + 0.01 * Math.cos(3 * i));
  const measured = createSummary(
    0,
    true,
  )({
    epoch: 2,
    labels: Array.from({ length: images }, (_, i) => (i < 10 ? null : 1)),
    clean: {
      kind: 'clean',
      predicted: Array.from({ length: images }, (_, i) => i % 2),
      explained: Array.from({ length: images }, (_, i) => i % 2),
      confidence: Array.from({ length: images }, () => 0.9),
    },
    scores: [
      {
        score: 'muFidelity',
        method: { kind: 'scored', scores, curves: [] },
        controls: [{ control: 'random', values: { kind: 'scored', scores: control, curves: [] } }],
      },
    ],
  });

  it('pair the images that have both scores', () => {
    const [{ estimate, controls } = { estimate: null, controls: [] }] = measured.scores;
    expect(estimate?.n).toBe(39);
    const { difference } = controls[0] ?? {};
    expect(difference?.n).toBe(39);
    expect(difference?.mean).toBeCloseTo(0.2, 2);
    // Paired, the scores' own spread is gone.
    expect((difference?.interval?.high ?? 1) - (difference?.interval?.low ?? 0)).toBeLessThan(0.01);
    expect((estimate?.interval?.high ?? 0) - (estimate?.interval?.low ?? 0)).toBeGreaterThan(0.05);
  });

  it('count accuracy over the images whose label is known', () => {
    expect(measured.accuracy).toMatchObject({ count: 15, of: 30 });
    expect(measured.confidence.mean).toBeCloseTo(0.9);
    expect(measured.confidence.interval).toBeNull();
  });
});
