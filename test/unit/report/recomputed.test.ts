/** A report's means and intervals, computed again from its JSON: of many images, so that there are intervals. */
import { expect, it } from 'vitest';
import { createRandom, type Random } from '../../../src/common/random';
import { imageMapsOf, pointOf, type ImageMaps } from '../../../src/computations/drift/imageMaps';
import { imageSettled, settlingOf, summarise } from '../../../src/measures/drift/summary';
import type { FloatMap } from '../../../src/imaging';
import { createTally } from '../../../src/measures/robustness/tally';
import { compareMaps } from '../../../src/measures/similarity/heatmaps';
import type { AttentionImagePoint } from '../../../src/measures/drift/numbers';
import { attentionImages } from '../../../src/report/driftImages';
import type { AttentionContent } from '../../../src/report/content';
import { renderReportData } from '../../../src/report/data';
import { recomputedReport } from '../../recomputedReport';
import { reportContent, runContent } from './content';

const IMAGES = 120;
const SIDE = 8;
const CLASSES = 3;

/** Every seventh is flat. */
function mapOf(random: Random): Float32Array {
  const isFlat = random.integer(7) === 0;
  return Float32Array.from({ length: SIDE * SIDE }, () => (isFlat ? 1 : random.uniform()));
}

function measuredOf(random: Random) {
  const tally = createTally(IMAGES, { rounds: 3 });
  const sight = () => {
    const first = random.uniform();
    const probabilities = [first, (1 - first) / 4, (3 * (1 - first)) / 4];
    const predicted = probabilities.indexOf(Math.max(...probabilities));
    return { predicted, probabilities, map: mapOf(random) };
  };
  for (let image = 0; image < IMAGES; image++) {
    const [label, clean] = [random.integer(CLASSES), sight()];
    for (let round = 0; round < 3; round++) {
      const perturbed = sight();
      const gridOf = (values: Float32Array): FloatMap => ({ height: SIDE, width: SIDE, values });
      tally.add(image, round, label, clean, perturbed, compareMaps(gridOf(clean.map), gridOf(perturbed.map)));
    }
  }
  return tally.measured();
}

function attentionOf(random: Random): AttentionContent {
  const epochs = [0, 1, 2, 3];
  const images = Array.from({ length: IMAGES }, (_, at) => ({
    name: `test:${at}`,
    label: at % 5 === 0 ? null : at % CLASSES,
    height: 1,
    width: 1,
    pixels: new Uint8Array(3),
    mask: Uint8Array.of(1),
  }));
  const view = (image: (typeof images)[number], at: number, epoch: number, last?: ImageMaps): ImageMaps => {
    // At the checkpoint before the last three predictions are others, at those before many.
    const isOther = last !== undefined && (epoch === 2 ? at < 3 : random.integer(2) === 0);
    const predicted = last === undefined ? at % CLASSES : (last.predicted + Number(isOther)) % CLASSES;
    const logits = Float32Array.from({ length: CLASSES }, (_, each) => Number(each === predicted));
    const maps = Array.from({ length: CLASSES }, () => mapOf(random));
    return imageMapsOf(
      { logits, classes: [...maps.keys()], maps, height: SIDE, width: SIDE },
      image,
      'predicted',
      last,
    );
  };
  const last = images.map((image, at) => view(image, at, 3));
  const sights = epochs.map((epoch) =>
    epoch === 3 ? last : images.map((image, at) => view(image, at, epoch, last[at])),
  );
  const points = epochs.map((epoch, place) =>
    images.map((image, at): AttentionImagePoint => {
      const previous = sights[place - 1]?.[at];
      return pointOf(epoch, image, sights[place]![at]!, { previous, last: last[at]! });
    }),
  );
  const predictions = (of: readonly ImageMaps[] | undefined) => of?.map(({ predicted }) => predicted);
  const means = epochs.map((epoch, place) =>
    summarise(points[place]!, epoch, {
      target: 'predicted',
      previous: predictions(sights[place - 1]),
      last: predictions(last)!,
    }),
  );
  const tracks = images.map((_, at) => {
    const ofImage = points.map((ofEpoch) => ofEpoch[at]!);
    return { points: ofImage, ...imageSettled(ofImage) };
  });
  const randomisation = means[0]!.fixed.lastPrediction.fromLast;
  return {
    layer: 'last',
    images: IMAGES,
    numbers: { epochs: means, settling: settlingOf(means), maskArea: 1, randomisation },
    perImage: attentionImages(tracks),
  };
}

it('every mean, rate and interval of report.json can be computed again from its images', () => {
  const random = createRandom('recomputed report');
  const content = runContent();
  const entry = {
    place: 0,
    title: 'noise',
    expects: false,
    published: false,
    results: [null, { measured: measuredOf(random), misses: [] }],
  };
  const attention = attentionOf(random);
  // Three changed predictions are too few, many are enough.
  expect(attention.numbers.epochs[2]?.fromLast.spearman).toMatchObject({ interval: null, withheld: 'fewChanges' });
  expect(attention.numbers.epochs[1]?.fromLast.spearman?.interval).not.toBeNull();
  const json = renderReportData(
    reportContent({
      ...content,
      robustness: { there: true, value: { entries: [entry] } },
      attention: { there: true, value: attention },
    }),
  );
  const { checked, present, differing } = recomputedReport(json);
  expect(differing).toEqual([]);
  expect(checked).toBe(present);
  expect(checked).toBeGreaterThan(60);
  // One list of numbers is one line.
  expect(json).toMatch(/"predicted": \[\d(,\d){119}\]/);
  // A wrong number is noticed.
  const wrong = json.replace(/("drop": \[)[^,]+/, '$10.9');
  expect(recomputedReport(wrong).differing).toHaveLength(1);
});
