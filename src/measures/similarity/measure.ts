/** The declaration of a measure of how alike two heatmaps are. */
import type { FloatMap } from '../../imaging/heatmap';
import type { QuantityName } from '../../statistics';

/** Two heatmaps of an image, neither of them flat. */
export interface MapPair {
  /** The values of the cells that both images show. */
  readonly a: Float64Array;
  readonly b: Float64Array;
  /** The whole maps, each brought to [0, 1] by those cells, and which cells those are; all when absent. */
  readonly unitA: FloatMap;
  readonly unitB: FloatMap;
  readonly mask: Uint8Array | undefined;
}

/** Where a measure is shown: in every table; in the wide ones, of panels and reports; in files (CSV, JSON) alone. */
export type Shown = 'everywhere' | 'panels' | 'files';

export interface SimilarityMeasure {
  /** The field of results: a result that was kept before the measure was declared has null there. */
  readonly key: string;
  /** The column in CSV files. */
  readonly column: string;
  /** In a sentence. */
  readonly name: string;
  /** At the head of a table's column, and where there is least room. */
  readonly head: string;
  readonly short: string;
  /** At length. */
  readonly description: string;
  /** What its values are statistically, their range included. The higher a value, the more alike are the maps. */
  readonly quantity: QuantityName;
  readonly shown: Shown;
  /** Undefined where it cannot be said. */
  compare(pair: MapPair): number | undefined;
}
