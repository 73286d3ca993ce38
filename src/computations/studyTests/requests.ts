/** What each measurement of a study is asked for: by its test, by its command and by the report alike. */
import { DEFAULT_SCORES, SCORE_IDS, type ScoreId } from '../../measures/faithfulness/scores';
import type { Study } from '../../study';
import type { ImageReference } from '../images/schema';

/** The scores that are always measured, and those that the study expects something of. */
export function scoresOf({ faithfulness = {} }: Study): ScoreId[] {
  return SCORE_IDS.filter((id) => DEFAULT_SCORES.includes(id) || faithfulness[id] !== undefined);
}

/** The study's own method, and with it its parameters. */
export function methodOf({ explain: { method, parameters } }: Study) {
  return { id: method, ...(parameters === undefined ? {} : { parameters }) };
}

/** The first test images. @param of how many there are */
export function firstTestImages(count: number | undefined, of: number): ImageReference[] {
  return Array.from({ length: Math.min(count ?? of, of) }, (_, index) => ({ kind: 'set', set: 'test', index }));
}
