/** From values of images to the numbers of a method at a checkpoint. */
import { createResampler, type Estimate } from '../../statistics';
import type { LocalisedValues } from './localise';
import type { Focus, Masked } from './measured';
import { LOCALISATION_CONTROLS, LOCALISATION_MEASURES, type MeasureKey } from './measures';

type Values = readonly (number | null)[];

/** Of each measure a value an image. */
export type ValuesOfImages = Readonly<Record<MeasureKey, Values>>;

/** What half of a mosaic's tiles have by chance. */
export const FOCUS_CHANCE = 0.5;

export function valuesOfImages(images: readonly LocalisedValues[]): ValuesOfImages {
  const of = (key: MeasureKey): Values => images.map((image) => image[key]);
  return { energy: of('energy'), pointing: of('pointing'), mass: of('mass'), rank: of('rank') };
}

export interface Summary {
  /** @param controls of the same images */
  masked(
    values: ValuesOfImages,
    controls: Readonly<Record<(typeof LOCALISATION_CONTROLS)[number], ValuesOfImages>>,
  ): Masked;
  /** @param values energy on the tiles of each mosaic's class */
  focus(values: Values): Focus;
}

/** @param seed of the intervals, which are of samples that are drawn again */
export function createSummary(seed: number): Summary {
  const resampler = createResampler(seed);
  const estimate = (values: Values): Estimate | null => {
    const known = values.filter((value) => value !== null);
    return known.length === 0 ? null : resampler.estimate(known);
  };
  return {
    masked(values, controls) {
      const measured = LOCALISATION_MEASURES.map(({ key }) => [
        key,
        {
          estimate: estimate(values[key]),
          values: [...values[key]],
          controls: LOCALISATION_CONTROLS.map((id) => ({
            id,
            estimate: estimate(controls[id][key]),
            difference: estimate(values[key].map((value, image) => minus(value, controls[id][key][image] ?? null))),
          })),
        },
      ]);
      return Object.fromEntries(measured) as Masked;
    },
    focus: (values) => ({
      estimate: estimate(values),
      values: [...values],
      aboveChance: estimate(values.map((value) => minus(value, FOCUS_CHANCE))),
    }),
  };
}

function minus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b;
}
