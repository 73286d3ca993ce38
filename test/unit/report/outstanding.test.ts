import { describe, expect, it } from 'vitest';
import { WITHOUT_IMAGES, type Measured } from '../../../src/protocol/measured';
import type { RobustnessContent } from '../../../src/report/content';
import { highestText } from '../../../src/report/sections/highestAccuracy';
import { hardestText, steadiestText } from '../../../src/report/sections/outstanding';
import { estimateMean, estimateRate, meanOf } from '../../../src/statistics';
import { absent, correctOf, runContent } from './content';

const IMAGES = 200;

interface Seen {
  /** How many of the images are right, clean and perturbed: the first of them. */
  readonly clean?: number;
  readonly correct: number;
  /** Of each image by its place. */
  readonly drop?: (image: number) => number;
}

function measured({ clean = 180, correct, drop = () => 0.1 }: Seen): Measured {
  const drops = Array.from({ length: IMAGES }, (_, image) => drop(image));
  const base = runContent().robustness;
  if (!base.there) throw new Error('no robustness');
  return {
    ...base.value.entries[0]!.results[0]!.measured,
    images: IMAGES,
    rounds: 1,
    clean: { accuracy: estimateRate(clean, IMAGES), confidence: estimateMean(drops) },
    accuracy: estimateRate(correct, IMAGES),
    confidenceDrop: { ofPrediction: estimateMean(drops), ofLabel: estimateMean(drops) },
    perImage: {
      ...WITHOUT_IMAGES,
      cleanCorrect: correctOf(clean, IMAGES),
      correct: correctOf(correct, IMAGES),
      drop: drops,
    },
  };
}

const checkpoints = [1, 2].map((epoch) => ({ epoch, hash: String(epoch) }));

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
    hardestText(
      checkpoints,
      robustness(...entries.map(([title, correct]) => [title, { correct }, { correct }] as const)),
    );

  it('is named where more images are wrong under it than chance makes', () => {
    expect(told(['noise', 150], ['rotation', 100])).toBe(
      'At epoch 2 the hardest perturbation is rotation: 50.00\u00a0% right, of 90.00\u00a0% clean.',
    );
  });

  it('is not claimed where chance makes the difference', () => {
    expect(told(['noise', 101], ['rotation', 100], ['occlusion', 150])).toBe(
      'At epoch 2 accuracy falls furthest under several perturbations, with no difference that can be told from chance between rotation and noise: 50.00\u00a0% right, of 90.00\u00a0% clean under rotation.',
    );
  });

  it('is none where there is one, or where accuracy does not fall', () => {
    expect(told(['noise', 150])).toBe(
      'At epoch 2 the model gets 75.00\u00a0% right, of 90.00\u00a0% clean, under noise.',
    );
    expect(told(['noise', 180], ['rotation', 185])).toMatch(
      /^At epoch 2 accuracy falls under none of the perturbations/,
    );
    expect(hardestText(checkpoints, { entries: [] })).toBeUndefined();
  });
});

describe('the steadiest checkpoint', () => {
  const noisy = (mean: number) => (image: number) => mean + (image % 2 === 0 ? 0.02 : -0.02) + (image % 7) / 1000;
  const told = (first: Seen, last: Seen) => steadiestText(checkpoints, robustness(['noise', first, last]));

  it('is named where its drops are smaller image by image', () => {
    expect(told({ clean: 180, correct: 100, drop: noisy(0.1) }, { clean: 190, correct: 100, drop: () => 0.05 })).toBe(
      'Of the checkpoints 1 and 2 epoch 2 is the most accurate (95.00\u00a0%); at epoch 2 confidence falls least: it falls by 0.0500 on average over the perturbations.',
    );
    expect(told({ correct: 100, drop: () => 0.05 }, { correct: 100, drop: noisy(0.1) })).toContain(
      'at epoch 1 confidence falls least: it falls by 0.0500 on average over the perturbations; at epoch 2 it falls by 0.1030',
    );
  });

  it('is not claimed where chance makes the difference', () => {
    const other = (image: number) => 0.1 + (image % 3 === 0 ? 0.04 : -0.0199);
    expect(told({ clean: 180, correct: 100, drop: noisy(0.0973) }, { clean: 181, correct: 100, drop: other })).toMatch(
      /^Of the checkpoints 1 and 2 several are the most accurate, with no difference that can be told from chance between epochs 1 and 2 \(90\.50.% at epoch 2\); at several confidence falls least, with no difference that can be told from chance between epochs 1 and 2 \(at epoch [12] it falls by 0\.\d{4} on average over the perturbations\)\.$/,
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
  const { mistakes } = runContent();
  if (!mistakes.there) throw new Error('no mistakes');
  const content = mistakes.value;
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
    expect(highestText(metrics(70, 60), metrics(70, 60)[1]!, absent)).toBe(
      '; the highest that was measured is 70.00\u00a0% at epoch 0',
    );
    expect(meanOf(images.map(({ correct }) => meanOf(correct)))).toBeCloseTo(0.6075, 12);
  });
});
