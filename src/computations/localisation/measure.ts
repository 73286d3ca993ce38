/** Where a method's relevance lies at a checkpoint. */
import { mapOfClass } from '../../explanations/classHeatmaps';
import { localise, type LocalisedValues } from '../../measures/localisation/localise';
import { valuesOfImages, type ValuesOfImages } from '../../measures/localisation/summary';
import type { HashedCheckpoint } from '../../weights/hashedCheckpoint';
import type { Work } from '../computation';
import { takeMaps, type MapKeeper } from '../heatmaps/maps';
import type { MapsOf } from '../heatmaps/mapsOf';
import { classOf } from '../heatmaps/target';
import type { ObjectImage } from './images';

export interface LocalisePlan extends MapsOf {
  readonly keeper: MapKeeper;
  readonly checkpoint: HashedCheckpoint;
  /** The checkpoint that will be asked for after it. */
  readonly next?: HashedCheckpoint | undefined;
  readonly images: readonly ObjectImage[];
  readonly target: 'predicted' | 'label';
}

/** From kept maps, and those that are computed now, one by one. @throws CancelledError, WorkError */
export async function localiseImages(
  { checkpoint, images, target, ...of }: LocalisePlan,
  work: Work,
  advance: (images: number) => void,
): Promise<ValuesOfImages> {
  const values = new Array<LocalisedValues>(images.length);
  await takeMaps(
    {
      ...of,
      checkpoints: [checkpoint],
      images: images.map((image, place) => ({ ...image, place, target })),
      priority: 'later',
      take(_, taken, maps) {
        taken.forEach(({ image, mask, place }, at) => {
          const heatmaps = maps[at] as (typeof maps)[number];
          const { height, width, logits } = heatmaps;
          const map = mapOfClass(heatmaps, classOf(target, image.label, logits)) as Float32Array;
          const object = { height: image.height, width: image.width, values: mask };
          values[place] = localise({ height, width, values: map }, object);
        });
        advance(taken.length);
      },
    },
    work,
  );
  return valuesOfImages(values);
}
