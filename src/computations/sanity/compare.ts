/** Compares the maps of the same images under two conditions. Needs an engine that has been started. */
import { agreementOf, agreementsOf } from '../../measures/sanity/agreement';
import type { Compared } from '../../measures/sanity/points';
import { randomMap } from '../../measures/faithfulness/controlMaps';
import type { FloatMap } from '../../imaging/heatmap';
import type { ImageSource } from '../../datasets';
import { disposeWeights, type TensorWeights } from '../../models/forward';
import type { Weights } from '../../models/weights';
import { readHashedCheckpoint, type HashedCheckpoint } from '../../weights/hashedCheckpoint';
import { withWeights } from '../compute';
import type { HashedImage } from '../heatmaps/hashedImage';
import type { MapsOf } from '../heatmaps/mapsOf';
import type { Check, Comparison } from './comparison';
import { redrawnWeights } from './redrawnWeights';
import { signedMaps, type SignedMaps, type Steps } from './signedMaps';

export interface ComparerOptions {
  readonly images: readonly HashedImage[];
  readonly seed: number;
  /** For running statistics, where parameters are re-drawn. */
  readonly training: ImageSource | undefined;
}

export type Comparer = ReturnType<typeof createComparer>;

/** Keeps the trained maps, and the last re-drawn weights, from one comparison to the next. */
export function createComparer({ images, seed, training }: ComparerOptions) {
  const explained = images.map(({ image }) => image);
  const ofPredicted = images.map(() => undefined);
  /** Of the checkpoint that is randomised, by method. */
  const trained = new Map<MapsOf, SignedMaps>();
  let weights: { readonly hash: string; readonly read: Promise<Weights> } | undefined;
  let redrawn: { readonly key: string; readonly weights: TensorWeights } | undefined;

  function compareAll({ of }: Comparison, first: SignedMaps, second: SignedMaps, draw: number): Compared {
    const { method } = of.method;
    const mapOf = (values: Float32Array): FloatMap => ({ ...sizeOf(of), values });
    const agreements = (otherOf: (image: number) => FloatMap) =>
      agreementsOf(first.maps.map((map, image) => agreementOf(mapOf(map), otherOf(image), method.rectified)));
    return {
      pairs: agreements((image) => mapOf(second.maps[image] as Float32Array)),
      chance: agreements((image) => randomMap(sizeOf(of), [seed, draw, images[image]?.hash ?? ''])),
    };
  }

  async function trainedMaps({ of, checkpoint }: Comparison, steps: Steps): Promise<SignedMaps> {
    const known = trained.get(of);
    if (known !== undefined) return known;
    const found = await withWeights({ model: of.model, checkpoint }, (each) =>
      signedMaps(of, each, explained, ofPredicted, { ...steps, advance: () => undefined }),
    );
    trained.set(of, found);
    return found;
  }

  async function redrawnOnce(
    { of: { model, input }, checkpoint }: Comparison,
    { groups, draw }: Extract<Check, { kind: 'randomisation' }>,
    { signal }: Steps,
  ): Promise<TensorWeights> {
    const key = JSON.stringify([checkpoint.hash, groups, draw]);
    if (redrawn?.key === key) return redrawn.weights;
    dispose();
    if (weights?.hash !== checkpoint.hash)
      weights = { hash: checkpoint.hash, read: readHashedCheckpoint(checkpoint, model) };
    const options = { training, input, signal };
    redrawn = { key, weights: await redrawnWeights(model, await weights.read, groups, { seed, draw }, options) };
    return redrawn.weights;
  }

  function dispose(): void {
    if (redrawn !== undefined) disposeWeights(redrawn.weights);
    redrawn = undefined;
  }

  /** @param next the checkpoint that is needed after this one @throws CancelledError, InputError, WorkError */
  async function compare(comparison: Comparison, steps: Steps, next?: HashedCheckpoint): Promise<Compared> {
    const { of, checkpoint, check } = comparison;
    const { model } = of;
    const predictedAt = (at: HashedCheckpoint, targets: readonly (number | undefined)[], after?: HashedCheckpoint) =>
      withWeights({ model, checkpoint: at, next: after }, (each) => signedMaps(of, each, explained, targets, steps));
    switch (check.kind) {
      case 'classSensitivity': {
        const first = await predictedAt(checkpoint, ofPredicted, next);
        const second = await predictedAt(
          checkpoint,
          first.topTwo.map(([, runnerUp]) => runnerUp),
          next,
        );
        return compareAll(comparison, first, second, 0);
      }
      case 'against': {
        const first = await predictedAt(checkpoint, ofPredicted, check.checkpoint);
        const second = await predictedAt(
          check.checkpoint,
          first.topTwo.map(([predicted]) => predicted),
          next,
        );
        return compareAll(comparison, first, second, 0);
      }
      case 'randomisation': {
        const first = await trainedMaps(comparison, steps);
        const random = await redrawnOnce(comparison, check, steps);
        const targets = first.topTwo.map(([predicted]) => predicted);
        const second = await signedMaps(of, random, explained, targets, steps);
        return compareAll(comparison, first, second, check.draw);
      }
    }
  }

  return { compare, dispose };
}

function sizeOf({ targetLayer: { height, width } }: MapsOf) {
  return { height, width };
}
