/** Fields that are right by themselves and not together. */
import type { JsonPath } from './problem';

export interface Contradiction {
  readonly path: JsonPath;
  readonly summary: string;
  readonly found?: string;
  readonly expected?: string;
  readonly advice?: string;
}
