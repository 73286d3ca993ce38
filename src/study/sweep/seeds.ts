/** A seed of a sweep reaches all that is drawn: weights, order and augmentation, and the draws of tests. */
import type { Study } from '../schema';

/**
 * The study with another training seed. The seeds of perturbations and attacks move as far as it does, so that tests at
 * different seeds are independent draws, and those of two recipes at one seed are the same ones.
 */
export function withSeed(study: Study, seed: number): Study {
  const { training, perturbations, attacks } = study;
  const moved = <T extends { readonly seed: number }>(each: T): T => ({
    ...each,
    seed: (each.seed + seed - training.seed) >>> 0,
  });
  return {
    ...study,
    training: { ...training, seed },
    perturbations: perturbations.map(moved),
    ...(attacks === undefined ? {} : { attacks: attacks.map(moved) }),
  };
}
