/** Curves of the real ResNet-20's maps against PyTorch's, for whichever engine is running. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { softmax } from '../../../../src/common/scores';
import { explainedLayer } from '../../../../src/computations/heatmaps/explained';
import { explainOneClass } from '../../../../src/computations/heatmaps/oneClass';
import { inMemory, loadTestImages, type ImageSet } from '../../../../src/datasets';
import { tidily } from '../../../../src/engine/tidily';
import { chooseMethod } from '../../../../src/explanations';
import { areaUnder, drawCurve } from '../../../../src/measures/faithfulness/curves';
import { blurred } from '../../../../src/measures/faithfulness/blur';
import { enlarged, greatestFirst } from '../../../../src/measures/faithfulness/rank';
import { drawRoad, ROAD_SHARES, ROAD_STEPS } from '../../../../src/measures/faithfulness/road/road';
import { loadWeights, predict, type TensorWeights } from '../../../../src/models/forward';
import { toInput } from '../../../../src/models/input';
import { createModel } from '../../../../src/models/model';
import { readCheckpoint } from '../../../../src/weights/checkpoint';
import { relativeError } from '../../../referenceNumbers';
import { explainedNetwork, sharedFolder } from '../../../shared';

interface Row {
  readonly image: number;
  readonly signedMap: number[];
  readonly deletion: number[];
  readonly deletionArea: number;
  readonly insertion: number[];
  readonly insertionArea: number;
  readonly roadMostRelevantFirst: number[];
  readonly roadLeastRelevantFirst: number[];
}

export interface Oracle {
  readonly mean: [number, number, number];
  readonly std: [number, number, number];
  readonly predicted: number[];
  readonly faithfulness: { readonly rows: Row[] };
}

/** As `explanations.json` has them. */
const STEPS = 16;
const SIZE = { height: 32, width: 32 };
const VALUES = 3072;
/** Of a probability, and of a map's largest value. */
const [OF_CURVES, OF_MAPS] = [2e-3, 1e-3];

const shared = sharedFolder();

export function describeOracle(start: () => unknown): void {
  if (shared === undefined) {
    it.skip('needs the shared folder');
    return;
  }
  const network = explainedNetwork(shared);
  const oracle = JSON.parse(readFileSync(network.explanations, 'utf8')) as Oracle;
  const model = createModel(network.architecture, 32, 10);
  const input = { inputSize: 32, mean: oracle.mean, std: oracle.std };
  let weights: TensorWeights;
  let test: ImageSet;

  beforeAll(async () => {
    await start();
    weights = loadWeights((await readCheckpoint({ path: network.weights }, model)).weights);
    test = inMemory((await loadTestImages({ kind: 'cifar10', folder: join(shared, 'data', 'cifar10') })).test);
  });

  function probabilities(images: Float32Array, target: number): number[] {
    const count = images.length / VALUES;
    const x = toInput(images, count, 32, 32, input);
    const logits = tidily(() => predict(model, weights, x).dataSync());
    x.dispose();
    return Array.from({ length: count }, (_, i) => softmax(logits.subarray(10 * i, 10 * i + 10))[target] as number);
  }

  it.each(oracle.faithfulness.rows.map((row, at) => ({ ...row, target: oracle.predicted[at] as number })))(
    'deletion, insertion and ROAD of image $image',
    async ({ image, target, ...row }) => {
      const bytes = test.pixels.subarray(image * VALUES, (image + 1) * VALUES);
      const method = chooseMethod('gradcam');
      const explained = { model, method, targetLayer: explainedLayer(model, method, 'auto'), signed: true };
      const x = toInput(bytes, 1, 32, 32, input);
      const { maps, targets } = await explainOneClass(explained, weights, x, input, [undefined]);
      x.dispose();
      expect([...targets]).toEqual([target]);
      expect(relativeError(maps, row.signedMap)).toBeLessThan(OF_MAPS);

      const pixels = Float32Array.from(bytes);
      const soft = blurred(pixels, SIZE);
      const ends = probabilities(joined(pixels, new Float32Array(VALUES), soft), target);
      const [clean, black, blur] = ends as [number, number, number];
      const map = enlarged({ height: 8, width: 8, values: maps }, SIZE);
      const orders = [
        greatestFirst(map),
        greatestFirst(
          map,
          Uint32Array.from({ length: 1024 }, (_, i) => 1023 - i),
        ),
      ];
      const curves = orders.map((order) => {
        const curve = (from: Float32Array, to: Float32Array, first: number, last: number): number[] => {
          const images = new Float32Array((STEPS - 1) * VALUES);
          drawCurve(from, to, order, images, STEPS);
          return [first, ...probabilities(images, target), last];
        };
        const removed = new Float32Array(2 * ROAD_STEPS * VALUES);
        drawRoad(pixels, SIZE, order, removed);
        const road = probabilities(removed, target);
        return {
          deletion: curve(pixels, new Float32Array(VALUES), clean, black),
          insertion: curve(soft, pixels, blur, clean),
          mostRelevant: road.slice(0, ROAD_STEPS),
          leastRelevant: road.slice(ROAD_STEPS),
        };
      });
      const [found, reversed] = curves as [Curves, Curves];
      // PyTorch's rounding orders some of the pixels that have the same value beyond the outermost cells' centres.
      const isTied = (count: number): boolean => map[at(orders, count - 1)] === map[at(orders, count)];
      const compare = (name: keyof Curves, expected: readonly number[], counts: readonly number[]): void => {
        expect(found[name]).toHaveLength(expected.length);
        expected.forEach((value, step) => {
          const ours = Math.abs((found[name][step] as number) - value);
          const other = Math.abs((reversed[name][step] as number) - value);
          expect(isTied(counts[step] as number) ? Math.min(ours, other) : ours).toBeLessThan(OF_CURVES);
        });
      };
      const curveCounts = Array.from({ length: STEPS + 1 }, (_, step) => (1024 * step) / STEPS);
      const roadCounts = ROAD_SHARES.map((share) => Math.round(1024 * share));
      compare('deletion', row.deletion, curveCounts);
      compare('insertion', row.insertion, curveCounts);
      compare('mostRelevant', row.roadMostRelevantFirst, roadCounts);
      compare(
        'leastRelevant',
        row.roadLeastRelevantFirst,
        roadCounts.map((count) => 1024 - count),
      );
      expect(Math.abs(areaUnder(found.deletion) - row.deletionArea)).toBeLessThan(OF_CURVES);
      expect(Math.abs(areaUnder(found.insertion) - row.insertionArea)).toBeLessThan(OF_CURVES);
    },
  );
}

function joined(...images: readonly Float32Array[]): Float32Array {
  return Float32Array.from(images.flatMap((image) => [...image]));
}

function at(orders: readonly Uint32Array[], place: number): number {
  return (orders[0] as Uint32Array)[place] ?? -1;
}

type Curves = Readonly<Record<'deletion' | 'insertion' | 'mostRelevant' | 'leastRelevant', number[]>>;
