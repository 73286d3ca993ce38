/** The heatmaps of the classes that are compared: of a method that maps one class, of as many as it takes. */
import { indexOfLargest } from '../../common/scores';
import type { HashedCheckpoint } from '../../weights/hashedCheckpoint';
import type { Work } from '../computation';
import type { ClassHeatmaps } from '../heatmaps/explain';
import type { HashedImage } from '../heatmaps/hashedImage';
import { takeMaps, type MapKeeper } from '../heatmaps/maps';
import type { MapsOf } from '../heatmaps/mapsOf';

interface Compared extends MapsOf {
  readonly keeper: MapKeeper;
  readonly checkpoint: HashedCheckpoint;
  readonly next: HashedCheckpoint | undefined;
  readonly target: 'predicted' | 'label';
  /** Of each image at the last checkpoint; undefined at that itself. */
  readonly lastPredictions: readonly number[] | undefined;
}

interface Placed extends HashedImage {
  readonly place: number;
}

/** @param take told of each image once, with the maps of all classes that it is compared by */
export async function takeComparedMaps(
  { checkpoint, target, lastPredictions, ...of }: Compared,
  images: readonly HashedImage[],
  work: Work | Work<{ done: number; of: number }>,
  take: (image: HashedImage, place: number, heatmaps: ClassHeatmaps) => void,
): Promise<void> {
  const placed = images.map((image, place) => ({ ...image, place, target }));
  const ask = (wanted: readonly Placed[], taken: (image: Placed, heatmaps: ClassHeatmaps) => void) =>
    takeMaps(
      {
        ...of,
        checkpoints: [checkpoint],
        images: wanted,
        priority: 'later',
        take: (_, found, maps) => found.forEach((image, at) => taken(image, maps[at] as ClassHeatmaps)),
      },
      work,
    );
  if (of.method.method.resolution === 'layer') {
    await ask(placed, (image, heatmaps) => take(image, image.place, heatmaps));
    return;
  }
  const found: ClassHeatmaps[] = [];
  await ask(placed, ({ place }, heatmaps) => (found[place] = lasting(heatmaps)));
  const others = placed.flatMap((image) => {
    const { logits, classes } = found[image.place] as ClassHeatmaps;
    const compared = [lastPredictions?.[image.place] ?? indexOfLargest(logits), image.image.label];
    const missing = compared.filter((each) => each !== null && !classes.includes(each));
    return [...new Set(missing)].map((each) => ({ ...image, target: each as number }));
  });
  await ask(others, ({ place }, heatmaps) => {
    const { classes, maps } = found[place] as ClassHeatmaps;
    const more = lasting(heatmaps);
    found[place] = { ...more, classes: [...classes, ...more.classes], maps: [...maps, ...more.maps] };
  });
  for (const image of placed) take(image, image.place, found[image.place] as ClassHeatmaps);
}

/** A copy, which does not hold on to what it was read with. */
function lasting({ logits, maps, ...rest }: ClassHeatmaps): ClassHeatmaps {
  return { ...rest, logits: logits.slice(), maps: maps.map((map) => map.slice()) };
}
