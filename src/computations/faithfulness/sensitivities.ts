/** How far maps move where images hardly do. */
import type { SignedMap } from '../../measures/faithfulness/rank';
import { NOISE_DRAWS, noisyImage, relativeChange } from '../../measures/faithfulness/sensitivity';
import { controlMap, mapsOf } from './maps';
import type { ScoreOptions } from './scoreOptions';
import type { Subject } from './subjects';
import { drawn } from './through';

export interface SubjectMaps {
  readonly subject: Subject;
  /** [images] */
  readonly maps: readonly SignedMap[];
}

/** Of each subject the largest change of each image's map; null where the map is nought. @throws CancelledError */
export async function sensitivities(
  subjects: readonly SubjectMaps[],
  targets: readonly number[],
  options: ScoreOptions,
): Promise<(number | null)[][]> {
  const changes = subjects.map(({ subject, maps }) =>
    maps.map((map, image) => (subject.kind === 'control' ? controlChange(subject, map, image, options) : null)),
  );
  if (subjects.every(({ subject }) => subject.kind === 'control')) return changes;
  const items = options.chunk.images.map((_, image) => ({ kind: 'noisy', image }) as const);
  for await (const batch of drawn(options, items)) {
    const images = batch.items.flatMap(({ image }) => Array.from({ length: NOISE_DRAWS }, () => image));
    const classes = images.map((image) => targets[image] as number);
    for (const [at, { subject, maps }] of subjects.entries()) {
      if (subject.kind === 'control') continue;
      const found = await mapsOf(subject, options, batch.tensor, classes);
      const ofSubject = changes[at] as (number | null)[];
      found.forEach((map, i) => {
        const image = images[i] as number;
        ofSubject[image] = larger(ofSubject[image] ?? null, change(maps[image] as SignedMap, map));
      });
    }
  }
  return changes;
}

/** A map that does not look at the image does not change. */
function controlChange(
  subject: Extract<Subject, { kind: 'control' }>,
  map: SignedMap,
  place: number,
  { chunk, seed }: ScoreOptions,
): number | null {
  const image = chunk.images[place];
  if (image === undefined || subject.control !== 'edge') return change(map, map);
  return Array.from({ length: NOISE_DRAWS }, (_, draw) => {
    const noisy = noisyImage(image.image.pixels, [seed, image.hash, draw], 255);
    return change(map, controlMap(subject, image, seed, noisy));
  }).reduce(larger, null);
}

function change({ values }: SignedMap, other: SignedMap): number | null {
  return relativeChange(values, other.values);
}

function larger(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}
