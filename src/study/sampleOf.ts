import { expectedStudy, type StudyKey } from '../measures/expectations/studies';
import type { Study } from './schema';

/** How many images, or mosaics, the study asks for; undefined: all. */
export function sampleOf(study: Study, key: Exclude<StudyKey, 'calibration'>): number;
export function sampleOf(study: Study, key: StudyKey): number | undefined;
export function sampleOf(study: Study, key: StudyKey): number | undefined {
  const { field, count } = expectedStudy(key).sample;
  return (study[key]?.[field] as number | undefined) ?? count;
}
