import { jsonHash } from '../common/canonicalJson';
import type { Study } from './schema';

/** sha256, in hex, of what determines the training: two studies of one hash train to the same weights. */
export function studyHash({ dataset, model, training }: Study): string {
  // Which checkpoints stay says nothing of what they are.
  return jsonHash({ dataset, model, training: { ...training, keepCheckpoints: undefined } });
}

/** The first of some studies that trains to the same weights as another. @param hash of that one, where it is known */
export function sameTraining<T extends Study>(
  study: Study,
  others: readonly T[],
  hash = studyHash(study),
): T | undefined {
  const { seed } = study.training;
  // Hashing all the cells of a large sweep takes long.
  return others.find((other) => other.training.seed === seed && studyHash(other) === hash);
}

/** sha256, in hex, of all of it. */
export function wholeStudyHash(study: Study): string {
  return jsonHash(study);
}
