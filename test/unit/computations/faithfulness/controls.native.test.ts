/** Controls that must come out: where the object is known, its mask beats every map that knows nothing. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import type { Cell, Chunk } from '../../../../src/computations/faithfulness/cells';
import { scoreCells } from '../../../../src/computations/faithfulness/score';
import { identified, type PlainControl, type Subject } from '../../../../src/computations/faithfulness/subjects';
import { hashedImage, type HashedImage } from '../../../../src/computations/heatmaps/hashedImage';
import { drawSet } from '../../../../src/datasets/synthetic';
import { startTensorflow } from '../../../../src/engine/tensorflow/start';
import { chooseMethod } from '../../../../src/explanations';
import { blurred } from '../../../../src/measures/faithfulness/blur';
import type { SignedMap } from '../../../../src/measures/faithfulness/rank';
import { createSummary } from '../../../../src/measures/faithfulness/summary';
import type { CleanValues, ScoredValues } from '../../../../src/measures/faithfulness/values';
import { toInput } from '../../../../src/models/input';
import { createModel } from '../../../../src/models/model';
import { requireTargetLayer } from '../../../../src/models/targetLayer';
import { initialWeights } from '../../../../src/models/weights';
import { NORMALIZATIONS } from '../../../../src/study';
import { createTrainer } from '../../../../src/training/trainer';
import type { HashedCheckpoint } from '../../../../src/weights/hashedCheckpoint';
import { describeNative } from '../../../nativeEngine';

beforeAll(startTensorflow);

const IMAGES = 60;
const TRAINING = { images: 1920, batch: 32, epochs: 3, learningRate: 0.05 };
const LENGTH = 3072;
const SCORES = ['deletion', 'insertion', 'road'] as const;

/** The mask, whose pixels come from its middle outwards, and then what lies nearest to it. */
function ordered(mask: Uint8Array): Float32Array {
  const colours = Float32Array.from({ length: LENGTH }, (_, at) => mask[Math.floor(at / 3)] as number);
  const soft = blurred(colours, { height: 32, width: 32 });
  return Float32Array.from(mask, (inside, pixel) => inside + (soft[3 * pixel] as number));
}

describeNative('a network that knows the synthetic shapes', () => {
  it('is lost without the object, as its mask says and no control does', { timeout: 180_000 }, async () => {
    const model = createModel('resnet20', 32, 10);
    const input = { inputSize: 32, ...NORMALIZATIONS.cifar10 };
    const weights = trained();
    const test = drawSet('test', IMAGES, 1);
    const images = Array.from({ length: IMAGES }, (_, i): HashedImage => {
      const pixels = test.pixels.subarray(i * LENGTH, (i + 1) * LENGTH);
      return hashedImage({ name: `test:${i}`, height: 32, width: 32, pixels, label: test.labels[i] as number });
    });
    const chunk: Chunk = { images, start: 0, hash: '' };
    const checkpoint = { epoch: 1 } as HashedCheckpoint;
    const explained = { model, method: chooseMethod('gradcam'), targetLayer: requireTargetLayer(model, 'auto') };
    const mask = identified({
      kind: 'untrained',
      key: { explanation: { method: 'mask' }, layer: '' },
      grid: { height: 32, width: 32 },
      explained,
      checkpoint,
    });
    const control = (name: PlainControl, side: number): Subject => {
      const grid = { height: side, width: side };
      return identified({ kind: 'control', control: name, grid, key: { control: name, ...grid } });
    };
    const subjects = [mask, ...(['random', 'blob', 'edge'] as const).map((name) => control(name, 8))];
    const cells = [
      { checkpoint, chunk, score: 'clean' } as const,
      ...subjects.flatMap((subject) => SCORES.map((score): Cell => ({ checkpoint, chunk, score, subject }))),
    ];
    // The masks stand in for the maps of a checkpoint, whose they are said to be.
    const knownMaps = new Map<string, SignedMap>();
    images.forEach(({ hash }, i) => {
      const values = ordered(test.masks?.subarray(i * 1024, (i + 1) * 1024) ?? new Uint8Array(1024));
      for (let each = 0; each < 10; each++)
        knownMaps.set(`${mask.id}:${hash}:${each}`, { height: 32, width: 32, values });
    });
    const [clean, ...scored] = (await scoreCells(cells, {
      model,
      weights,
      input,
      chunk,
      seed: 0,
      noise: 0,
      target: 'label',
      untrained: undefined,
      knownMaps,
      signal: new AbortController().signal,
      yieldTurn: () => Promise.resolve(),
      advance: () => undefined,
    })) as [CleanValues, ...ScoredValues[]];
    tf.dispose([weights.parameters, weights.means, weights.variances]);
    const valuesOf = (subject: number, score: number) => scored[subject * SCORES.length + score] as ScoredValues;
    const summarise = createSummary(0, false);
    const against = (of: number, controls: number[]) =>
      summarise({
        epoch: 1,
        labels: [...test.labels],
        clean,
        scores: SCORES.map((score, at) => ({
          score,
          method: valuesOf(of, at),
          controls: controls.map((each) => ({ control: 'random', values: valuesOf(each, at) })),
        })),
      });
    const ofMask = against(0, [1, 2, 3]);
    expect((100 * (ofMask.accuracy?.count ?? 0)) / IMAGES).toBeGreaterThan(60);
    const isBetter = (score: (typeof SCORES)[number], control: number): boolean => {
      const each = ofMask.scores.find((found) => found.score === score)?.controls[control]?.difference?.interval;
      return score === 'deletion' ? (each?.high ?? NaN) < 0 : (each?.low ?? NaN) > 0;
    };
    expect(SCORES.map((score) => isBetter(score, 0))).toEqual([true, true, true]);
    // Black pixels anywhere near the object mislead this network: deletion does not tell the blob from the mask.
    expect([isBetter('insertion', 1), isBetter('road', 1)]).toEqual([true, true]);
    // Most edges of these images are the object's: theirs is the one control that comes near.
    const nearest = ofMask.scores[1]?.controls[2]?.difference;
    expect(nearest?.mean).toBeGreaterThan(0);
    // A random map's pixels matter as much as those that it ranks last.
    const road = against(1, []).scores.find(({ score }) => score === 'road');
    const { low = NaN, high = NaN } = road?.estimate?.interval ?? {};
    expect(low).toBeLessThan(0);
    expect(high).toBeGreaterThan(0);

    function trained() {
      const set = drawSet('train', TRAINING.images, 1);
      const trainer = createTrainer(model, initialWeights(model, 1));
      const steps = TRAINING.images / TRAINING.batch;
      for (let step = 0; step < TRAINING.epochs * steps; step++) {
        const start = (step % steps) * TRAINING.batch;
        const pixels = set.pixels.subarray(start * LENGTH, (start + TRAINING.batch) * LENGTH);
        const batch = toInput(pixels, TRAINING.batch, 32, 32, input);
        const labels = tf.tensor1d(Int32Array.from(set.labels.subarray(start, start + TRAINING.batch)), 'int32');
        const learningRate = TRAINING.learningRate * (1 - step / (TRAINING.epochs * steps));
        trainer.step({ images: batch, labels }, { learningRate, momentum: 0.9, weightDecay: 5e-4 });
        tf.dispose([batch, labels]);
      }
      const found = trainer.weights();
      trainer.dispose();
      return found;
    }
  });
});
