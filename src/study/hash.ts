import { jsonHash } from '../common/canonicalJson';
import type { Study } from './schema';

/** sha256, in hex, of what determines the training: two studies of one hash train to the same weights. */
export function studyHash({ dataset, model, training }: Study): string {
  // Which checkpoints stay says nothing of what they are.
  return jsonHash({ dataset, model, training: { ...training, keepCheckpoints: undefined } });
}

/** sha256, in hex, of all of it. */
export function wholeStudyHash(study: Study): string {
  return jsonHash(study);
}
