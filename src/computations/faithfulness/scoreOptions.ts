import type { TargetClass } from '../heatmaps/target';
import type { MapOptions } from './maps';

/** What scores of a chunk's images are made with. */
export interface ScoreOptions extends MapOptions {
  readonly target: TargetClass;
}
