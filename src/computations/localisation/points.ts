/** From values to the numbers of a method at a checkpoint, beside its controls'. */
import type { Size } from '../../imaging/placement';
import { blobMap, randomMap } from '../../measures/faithfulness/controlMaps';
import { localise } from '../../measures/localisation/localise';
import type { MeasuredLocalisation } from '../../measures/localisation/measured';
import { createSummary, valuesOfImages, type ValuesOfImages } from '../../measures/localisation/summary';
import type { Explained } from '../heatmaps/explained';
import type { ObjectImage } from './images';

/** The numbers of a method at a checkpoint. A control is measured once for each size of maps. */
export function createPoints(
  explained: readonly Pick<Explained, 'targetLayer'>[],
  images: readonly ObjectImage[],
  seed: number,
) {
  const summary = createSummary(seed);
  const known = new Map<string, ReturnType<typeof controlsOf>>();
  return (
    method: number,
    epoch: number,
    ofMasked: ValuesOfImages | undefined,
    ofMosaics: ValuesOfImages | undefined,
  ): MeasuredLocalisation => {
    const { height, width } = (explained[method] as Pick<Explained, 'targetLayer'>).targetLayer;
    const size = `${height}×${width}`;
    const controls = known.get(size) ?? controlsOf(images, { height, width }, seed);
    known.set(size, controls);
    return {
      epoch,
      masked: ofMasked === undefined ? null : summary.masked(ofMasked, controls),
      focus: ofMosaics === undefined ? null : summary.focus(ofMosaics.energy),
    };
  };
}

/** @param size of the method's maps, from which a control's are enlarged too */
function controlsOf(images: readonly ObjectImage[], size: Size, seed: number) {
  const objects = images.map(({ image, mask, hash }) => ({ ...image, values: mask, hash }));
  return {
    random: valuesOfImages(objects.map((object) => localise(randomMap(size, [seed, object.hash]), object))),
    blob: valuesOfImages(objects.map((object) => localise(blobMap(size), object))),
  };
}

/** The mean share of the area that objects take; null of no images. */
export function meanMaskArea(images: readonly ObjectImage[]): number | null {
  if (images.length === 0) return null;
  const shares = images.map(({ mask }) => mask.reduce((sum, each) => sum + each, 0) / mask.length);
  return shares.reduce((a, b) => a + b) / shares.length;
}
