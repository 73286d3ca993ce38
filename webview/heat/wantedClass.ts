/** Whose heatmaps are wanted, and which of them are missing. */
import type { Params } from '../../src/protocol/contract';
import type { EngineContract, ImageReference } from '../../src/protocol/engine';
import { keyOf, labelOf, otherClass, type ImageResult, type Results } from '../common/heat/results';

/** The predicted class, the label, or one by its number. */
export type TargetClass = NonNullable<Params<EngineContract, 'explain'>['target']>;

/** other: the label, or where that is predicted, the next most probable class. */
export type WantedClass = TargetClass | 'other';

/** The class that is meant of an image at a checkpoint. If the label is asked for and unknown, it is the prediction. */
export function classWanted(wanted: WantedClass, result: ImageResult, label: number | null): number {
  // A class number of another run may not exist here.
  if (typeof wanted === 'number') return wanted < result.logits.length ? wanted : result.predicted;
  if (wanted === 'predicted') return result.predicted;
  return wanted === 'label' ? (label ?? result.predicted) : otherClass(result, label);
}

/** What to ask for to have the map; undefined where it is there, or the image cannot be used, which is final. */
export function missingClass(
  results: Results,
  image: string,
  epoch: number,
  wanted: WantedClass,
): TargetClass | undefined {
  const explained = results.image(image);
  if (explained?.usable === false) return undefined;
  const result = results.cell(image, epoch);
  if (result === undefined) return wanted === 'other' ? 'label' : wanted;
  const target = classWanted(wanted, result, labelOf(explained));
  if (result.classes.includes(target)) return undefined;
  return wanted === 'other' ? target : wanted;
}

export interface MissingMaps {
  readonly target: TargetClass;
  readonly epochs: number[];
  readonly images: ImageReference[];
}

/** The smallest request that covers what is missing; of several classes, one of them. */
export function missingTarget(
  results: Results,
  wanted: WantedClass,
  images: readonly ImageReference[],
  epochs: readonly number[],
): MissingMaps | undefined {
  const lacks = images.flatMap((image) =>
    epochs.flatMap((epoch) => {
      const target = missingClass(results, keyOf(image), epoch, wanted);
      return target === undefined ? [] : [{ image, epoch, target }];
    }),
  );
  const [first] = lacks;
  if (first === undefined) return undefined;
  const same = lacks.filter(({ target }) => target === first.target);
  return {
    target: first.target,
    epochs: epochs.filter((epoch) => same.some((each) => each.epoch === epoch)),
    images: images.filter((image) => same.some((each) => each.image === image)),
  };
}
