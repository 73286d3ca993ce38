/** Some images under each entry's rounds, drawn whenever they are needed: kept in memory they would be many. */
import type { ImageToExplain } from '../heatmaps/explain';
import { drawnOf, perturb, type Perturbation } from '../../perturbations';
import type { ImageReference } from '../images/schema';
import type { ChosenPerturbations } from '../robustness/chosenPerturbations';
import type { PerturbedProgress } from './schema';

/** Gives the perturbed pixels, [height, width, 3]. */
export type DrawSample = () => Float32Array;

/** One round of an entry, of one image. */
export interface Sample {
  readonly place: number;
  readonly entry: Perturbation;
  readonly round: number;
  /** What the image is called in its draws. */
  readonly image: number | string;
  /** The image's, in pixels. */
  readonly size: { readonly height: number; readonly width: number };
  readonly draw: DrawSample;
}

/**
 * Every entry's rounds.
 * @param hash of the image's pixels: a file is told apart by what it shows, not where it lies
 * @param rounds at most so many of an entry
 */
export function samplesOf(
  { perturbations: entries, indices: places }: ChosenPerturbations,
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
      size: image,
      draw: () => perturb(image, entry, { image: called, round }),
    }));
  });
}

function nameInDraws(reference: ImageReference, hash: string): number | string {
  if (reference.kind === 'file') return hash;
  return reference.set === 'test' ? reference.index : `train ${reference.index}`;
}

/** To be shown. @param image the position in the request */
export function pictureMessage(image: number, sample: Sample): PerturbedProgress {
  const { place, entry, round, size } = sample;
  const picture = { height: size.height, width: size.width, pixels: Uint8Array.from(sample.draw(), Math.round) };
  return { kind: 'picture', image, entry: place, round, picture, drawn: drawnOf(entry, sample) };
}
