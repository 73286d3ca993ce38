import type { Scale } from '../../../src/imaging/heatmap';

/** The common range of all of these; undefined where there are none. */
export function unionOf(ranges: readonly (Scale | undefined)[]): Scale | undefined {
  let union: Scale | undefined;
  for (const range of ranges) {
    if (range === undefined) continue;
    union = {
      minimum: Math.min(range.minimum, union?.minimum ?? Infinity),
      maximum: Math.max(range.maximum, union?.maximum ?? -Infinity),
    };
  }
  return union;
}
