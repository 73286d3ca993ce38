import { describe, expect, it } from 'vitest';
import { WITHOUT_IMAGES, type Measured } from '../../../src/measures/robustness/measured';
import type { RobustnessContent } from '../../../src/report/content';
import { highestText } from '../../../src/report/sections/highestAccuracy';
import { hardestText, steadiestText } from '../../../src/report/sections/outstanding';
import { estimateMean, estimateRate, meanOf } from '../../../src/statistics';
import { absent, correctOf, runContent } from './content';

const IMAGES = 200;

interface Seen {
  /** {@link IMAGES} where it does not say. */
  readonly images?: number;
  readonly rounds?: number;
  /** How many of the images are right, clean and perturbed: the first of them. */
  readonly clean?: number;
  readonly correct: number;
  /** Of each image by its place. */
  readonly drop?: (image: number) => number;
}

function measured({ images = IMAGES, rounds = 1, clean = 0.9 * images, correct, drop = () => 0.1 }: Seen): Measured {
  const drops = Array.from({ length: images }, (_, image) => drop(image));
  const base = runContent().robustness;
  if (!base.there) throw new Error('no robustness');
  return {
    ...base.value.entries[0]!.results[0]!.measured,
    images,
    rounds,
    clean: { accuracy: estimateRate(clean, images), confidence: estimateMean(drops) },
    accuracy: estimateRate(rounds * correct, rounds * images),
    confidenceDrop: { ofPrediction: estimateMean(drops), ofLabel: estimateMean(drops) },
    perImage: {
      ...WITHOUT_IMAGES,
      cleanCorrect: correctOf(clean, images),
      correct: correctOf(correct, images).map((each) => rounds * each),
      drop: drops,
    },
  };
}

const run = {
  ...runContent(),
  metrics: [],
  misclassified: absent,
  checkpoints: [1, 2].map((epoch) => ({ epoch, hash: String(epoch) })),
};

/** Perturbations, each at both checkpoints. */
function robustness(...entries: (readonly [title: string, first: Seen, last: Seen])[]): RobustnessContent {
  return {
    entries: entries.map(([title, ...seen], place) => ({
      place,
      title,
      expects: false,
      published: false,
      results: seen.map((each) => ({ measured: measured(each), misses: [] })),
    })),
  };
}

describe('the hardest perturbation', () => {
  const told = (...entries: (readonly [title: string, correct: number])[]) =>
    hardestText(run, robustness(...entries.map(([title, correct]) => [title, { correct }, { correct }] as const)));

  it('is named where more images are wrong under it than chance makes', () => {
    expect(told(['noise', 150], ['rotation', 100])).toBe(
      'At epoch 2 the hardest perturbation is rotation: 50.00\u00a0% (100 of 200) right, of 90.00\u00a0% (180 of 200) clean.',
    );
  });

  it('is not claimed where chance makes the difference', () => {
    expect(told(['noise', 101], ['rotation', 100], ['occlusion', 150])).toBe(
      'At epoch 2 accuracy falls furthest under several perturbations, with no difference that can be told from chance between rotation and noise: 50.00\u00a0% (100 of 200) right, of 90.00\u00a0% (180 of 200) clean under rotation.',
    );
  });

  it('is not compared by too few images, nor with what accuracy does not fall under', () => {
    const few = { images: 40, rounds: 3, correct: 30 };
    const many = { rounds: 3, correct: 100 };
    expect(hardestText(run, robustness(['noise', few, few], ['rotation', many, many]))).toBe(
      'At epoch 2 accuracy falls furthest under one perturbation: 50.00\u00a0% (300 of 600) right, of 90.00\u00a0% (180 of 200) clean under rotation; noise cannot be compared with it: only 40 images in common.',
    );
    expect(told(['noise', 180], ['rotation', 178])).toBe(
      'At epoch 2 accuracy falls under one perturbation alone: 89.00\u00a0% (178 of 200) right, of 90.00\u00a0% (180 of 200) clean under rotation.',
    );
  });

  it('is told from others that read alike by its number in the list', () => {
    expect(told(['occlusion 10', 100], ['noise', 150], ['occlusion 10', 101])).toContain(
      'between occlusion 10 (number 1) and occlusion 10 (number 3): ',
    );
  });

  it('is none where there is one, or where accuracy does not fall', () => {
    expect(told(['noise', 150])).toBe(
      'At epoch 2 the model gets 75.00\u00a0% (150 of 200) right, of 90.00\u00a0% (180 of 200) clean, under noise.',
    );
    expect(told(['noise', 180], ['rotation', 185])).toMatch(
      /^At epoch 2 accuracy falls under none of the perturbations/,
    );
    expect(hardestText(run, { entries: [] })).toBeUndefined();
  });
});

describe('the steadiest checkpoint', () => {
  const noisy = (mean: number) => (image: number) => mean + (image % 2 === 0 ? 0.02 : -0.02) + (image % 7) / 1000;
  const told = (first: Seen, last: Seen) => steadiestText(run, robustness(['noise', first, last]));

  it('is named where its drops are smaller image by image', () => {
    expect(told({ clean: 180, correct: 100, drop: noisy(0.1) }, { clean: 190, correct: 100, drop: () => 0.05 })).toBe(
      'Of the checkpoints 1 and 2 epoch 2 is the most accurate (95.00\u00a0%, 190 of 200); at epoch 2 confidence falls least: it falls by 0.0500 on average over the perturbations, 200 images.',
    );
    expect(told({ correct: 100, drop: () => 0.05 }, { correct: 100, drop: noisy(0.1) })).toContain(
      'at epoch 1 confidence falls least: it falls by 0.0500 on average over the perturbations, 200 images; at epoch 2 it falls by 0.1030',
    );
  });

  it('is not claimed where chance makes the difference', () => {
    const other = (image: number) => 0.1 + (image % 3 === 0 ? 0.04 : -0.0199);
    expect(told({ clean: 180, correct: 100, drop: noisy(0.0973) }, { clean: 181, correct: 100, drop: other })).toMatch(
      /^Of the checkpoints 1 and 2 several are the most accurate, with no difference that can be told from chance between epochs 1 and 2 \(90\.50.%, 181 of 200, at epoch 2\); at several confidence falls least, with no difference that can be told from chance between epochs 1 and 2 \(at epoch [12] it falls by 0\.\d{4} on average over the perturbations, 200 images\)\.$/,
    );
  });

  it('is the most accurate by all test images, whatever perturbations were tested on', () => {
    const whole = runContent().misclassified;
    if (!whole.there) throw new Error('no mistakes');
    const [first] = whole.value.epochs;
    const epochs = [900, 950].map((right, at) => ({ ...first!, epoch: at + 1, correct: correctOf(right, 1000) }));
    const known = { ...run, misclassified: { there: true, value: { ...whole.value, images: 1000, epochs } } } as const;
    const tests = robustness(
      ['noise', { images: 20, clean: 20, correct: 10 }, { images: 20, clean: 18, correct: 10 }],
      ['rotation', { clean: 185, correct: 10 }, { clean: 150, correct: 10 }],
    );
    expect(steadiestText(known, tests)).toContain('epoch 2 is the most accurate (95.00\u00a0%, 950 of 1000)');
    // Where it is not known, by the perturbation with the most images.
    expect(steadiestText(run, tests)).toContain('epoch 1 is the most accurate (92.50\u00a0%, 185 of 200)');
  });

  it('is compared by the perturbations with enough images, and not by too few', () => {
    const one = { images: 1, clean: 1, correct: 1, drop: () => 0 };
    const text = steadiestText(
      run,
      robustness(
        ['noise', { correct: 100, drop: noisy(0.1) }, { correct: 100, drop: noisy(0.05) }],
        ['rotation', one, one],
      ),
    );
    expect(text).toContain('at epoch 2 confidence falls least: it falls by 0.0530 on average over noise, 200 images.');
    const few = (mean: number) => ({ images: 40, clean: 36, correct: 20, drop: noisy(mean) });
    expect(told(few(0.1), few(0.05))).toBe(
      'Of the checkpoints 1 and 2 several are the most accurate, with no difference that can be told from chance between epochs 1 and 2 (90.00\u00a0%, 36 of 40, at epochs 1 and 2); the least mean drop of confidence is at epoch 2: it falls by 0.0529 on average over the perturbations, 40 images; epoch 1 cannot be compared with it: only 40 images in common.',
    );
  });

  it('says that confidence does not fall where the drop rounds to nothing', () => {
    expect(told({ correct: 100, drop: noisy(0.1) }, { correct: 100, drop: () => 0.00001 })).toContain(
      'at epoch 2 confidence falls least: it does not fall on average',
    );
  });

  it('says that confidence rises where it does, and does not call it a loss', () => {
    const text = told(
      { correct: 100, drop: noisy(0.1) },
      { correct: 100, drop: (image) => (image % 5) / 1000 - 0.102 },
    )!;
    expect(text).toContain('at epoch 2 confidence rises most: it rises by 0.1000 on average');
    expect(text).not.toMatch(/los[es]|−/);
  });
});

describe('the highest accuracy', () => {
  const metrics = (...accuracies: number[]) => accuracies.map((testAccuracy, epoch) => ({ epoch, testAccuracy }));
  const { misclassified } = runContent();
  if (!misclassified.there) throw new Error('no mistakes');
  const content = misclassified.value;
  const told = (accuracies: number[], epochs: typeof content.epochs = []) => {
    const all = metrics(...accuracies);
    return highestText(all, all.at(-1)!, { there: true, value: { ...content, images: 1000, epochs } });
  };
  const predicted = (epoch: number, correct: number[]) => ({ ...content.epochs[0]!, epoch, correct });

  it('is described, with ties', () => {
    expect(told([10, 60, 62])).toBe(', the highest that was measured');
    expect(told([10, 62, 62])).toBe(', the highest that was measured (as at epoch 1)');
    expect(told([62, 62, 10])).toMatch(
      /^; the highest that was measured is 62\.00.% at epochs 0 and 1, which is above it/,
    );
  });

  it('is above the last by more than chance only where images or counts say so', () => {
    expect(told([60.5, 60])).toMatch(/no further above it than chance makes$/);
    expect(told([70, 60])).toMatch(/above it by more than chance makes between two checkpoints$/);
    // 1.5 points of 1,000 images: no claim by the counts alone, but by the images.
    expect(told([61.5, 60])).toMatch(/no further above it/);
    const images = [predicted(0, correctOf(615, 1000)), predicted(1, correctOf(600, 1000))];
    expect(told([61.5, 60], images)).toMatch(/above it by more than chance/);
    expect(told([50.25, 50], [predicted(0, correctOf(3, 5)), predicted(1, correctOf(2, 5))])).toMatch(
      /with too few images to tell it from chance$/,
    );
    expect(highestText(metrics(70, 60), metrics(70, 60)[1]!, absent)).toBe(
      '; the highest that was measured is 70.00\u00a0% at epoch 0',
    );
    expect(meanOf(images.map(({ correct }) => meanOf(correct)))).toBeCloseTo(0.6075, 12);
  });
});
