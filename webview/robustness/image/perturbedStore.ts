/** The engine's answers about images under perturbations. The values are raw; colours are added elsewhere. */
import { isSigned } from '../../../src/explanations/descriptions';
import { isFlat, sharedScale } from '../../../src/imaging/heatmap';
import type { ExplainedImage, Picture } from '../../../src/protocol/engine';
import type { DrawnParameters } from '../../../src/perturbations';
import type { PerturbedProgress, RobustnessEntry, SimilarityValues } from '../../../src/protocol/engine';
import { rangedMap, type RangedMap } from '../../common/heat/paint';

type Start = PerturbedProgress & { kind: 'start' };

/** A round of a perturbation. */
export interface Round {
  readonly entry: number;
  readonly round: number;
}

/** A checkpoint's prediction for an image, with its heatmap. */
export interface ImagePrediction extends RangedMap {
  /** Softmax, [classes]. */
  readonly probabilities: ArrayLike<number>;
  readonly predicted: number;
  readonly flat: boolean;
}

export interface PerturbedPrediction extends ImagePrediction {
  readonly similarity: SimilarityValues;
  /** The label's probability; null where the label is unknown. */
  readonly drop: { readonly ofPrediction: number; readonly ofLabel: number | null };
}

export interface PerturbedPicture {
  readonly picture: Picture;
  readonly drawn: DrawnParameters;
}

export type PerturbedStore = ReturnType<typeof createPerturbedStore>;

export function createPerturbedStore() {
  let start: Start | undefined;
  const entries = new Map<number, RobustnessEntry>();
  const images = new Map<string, ExplainedImage>();
  const pictures = new Map<string, PerturbedPicture>();
  const clean = new Map<string, ImagePrediction>();
  const perturbed = new Map<string, PerturbedPrediction>();
  const id = (...parts: readonly (string | number)[]): string => parts.join(' ');

  function heatOf(values: Float32Array): RangedMap & { flat: boolean } {
    const { height, width } = start?.layer ?? { height: 0, width: 0 };
    const map = { height, width, values };
    return { ...rangedMap(map, isSigned(start?.method.id ?? '')), flat: isFlat(sharedScale([map])) };
  }

  return {
    /** The perturbations that the engine has named, in the study's order. */
    get entries(): RobustnessEntry[] {
      return [...entries.values()].sort((a, b) => a.entry - b.entry);
    },
    get method(): Start['method'] | undefined {
      return start?.method;
    },
    get layer(): Start['layer'] | undefined {
      return start?.layer;
    },
    image: (key: string) => images.get(key),
    picture: (key: string, { entry, round }: Round) => pictures.get(id(entry, round, key)),
    clean: (key: string, epoch: number) => clean.get(id(epoch, key)),
    perturbed: (key: string, { entry, round }: Round, epoch: number) => perturbed.get(id(entry, round, epoch, key)),
    /** @param key of the image that was requested */
    take(message: PerturbedProgress, key: string): void {
      switch (message.kind) {
        case 'start': {
          start = message;
          for (const entry of message.entries) entries.set(entry.entry, entry);
          const [image] = message.images;
          if (image !== undefined) images.set(key, image);
          break;
        }
        case 'picture': {
          const { entry, round, picture, drawn } = message;
          pictures.set(id(entry, round, key), { picture, drawn });
          break;
        }
        case 'clean': {
          const { epoch, probabilities, predicted, map } = message;
          clean.set(id(epoch, key), { probabilities, predicted, ...heatOf(map) });
          break;
        }
        case 'perturbed': {
          const { entry, round, epoch, probabilities, predicted, map, similarity, drop } = message;
          perturbed.set(id(entry, round, epoch, key), {
            probabilities,
            predicted,
            similarity,
            drop,
            ...heatOf(map),
          });
        }
      }
    },
    clear(): void {
      start = undefined;
      for (const known of [entries, images, pictures, clean, perturbed]) known.clear();
    },
  };
}
