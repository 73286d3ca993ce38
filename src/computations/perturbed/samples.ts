/** Some images under each entry's rounds, drawn whenever they are needed: kept in memory they would be many. */
import type { Perturbation } from '../../study';
import type { ImageToExplain } from '../heatmaps/explain';
import { perturb, type PerturbedPicture } from '../../perturbations';
import type { ImageReference } from '../images/schema';
import type { MeantEntries } from '../robustness/entries';
import type { PerturbedProgress } from './schema';

export type DrawSample = () => PerturbedPicture;

/** One round of an entry, of one image. */
export interface Sample {
  readonly place: number;
  readonly entry: Perturbation;
  readonly round: number;
  /** What the image is called in its draws. */
  readonly image: number | string;
  readonly draw: DrawSample;
}

/**
 * Every entry's rounds.
 * @param hash of the image's pixels: a file is told apart by what it shows, not where it lies
 * @param rounds at most so many of an entry
 */
export function samplesOf(
  { entries, places }: MeantEntries,
  reference: ImageReference,
  image: ImageToExplain,
  hash: string,
  rounds = Infinity,
): Sample[] {
  const called = nameInDraws(reference, hash);
  return places.flatMap((place) => {
    const entry = entries[place] as Perturbation;
    return Array.from({ length: Math.min(entry.rounds, rounds) }, (_, round) => ({
      place,
      entry,
      round,
      image: called,
      draw: () => perturb(image, entry, { image: called, round }),
    }));
  });
}

function nameInDraws(reference: ImageReference, hash: string): number | string {
  if (reference.kind === 'file') return hash;
  return reference.set === 'test' ? reference.index : `train ${reference.index}`;
}

/** To be shown. @param image the position in the request */
export function pictureMessage(image: number, { place, round, draw }: Sample): PerturbedProgress {
  const { height, width, pixels, degrees } = draw();
  const picture = { height, width, pixels: Uint8Array.from(pixels, Math.round) };
  return { kind: 'picture', image, entry: place, round, picture, degrees };
}
