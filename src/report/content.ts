/** What a report is made of. */
import type { ClassMaps, ImageToExplain } from '../engine/explain/explain';
import type { EpochMetrics, Run } from '../runs';

export interface ReportContent {
  readonly run: Run;
  readonly metrics: readonly EpochMetrics[];
  readonly images: readonly ImageToExplain[];
  readonly layer: string;
  /** A checkpoint each, with a result an image in the images' order. */
  readonly checkpoints: readonly { readonly epoch: number; readonly results: readonly ClassMaps[] }[];
}
