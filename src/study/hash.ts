import { jsonHash } from '../common/canonicalJson';
import type { Study } from './schema';

/** sha256, in hex, of what determines the training: two studies of one hash train to the same weights. */
export function studyHash({ dataset, model, training }: Study): string {
  return jsonHash({ dataset, model, training });
}

/** sha256, in hex, of all of it. */
export function wholeStudyHash(study: Study): string {
  return jsonHash(study);
}
