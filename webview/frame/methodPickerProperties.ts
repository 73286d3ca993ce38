import type { ExplainedView, MethodChoice } from '../common/explanation';
import type { MapCount } from './costText';

/** What the choice of explanation methods shows, and whom it tells. */
export interface MethodPickerProperties {
  readonly view: ExplainedView;
  readonly layer: string;
  /** In the order in which they are shown; empty is the study's. */
  readonly choices: readonly MethodChoice[];
  /** Whether several can be chosen. */
  readonly several?: boolean;
  /** How many maps are asked for. */
  readonly count: MapCount;
  /** What of it coincides, or is else to be known. */
  readonly note?: string | undefined;
  readonly onChoices: (choices: readonly MethodChoice[]) => void;
  /** Writes the method, its parameters and the layer into the study file. */
  readonly onUseInStudy: () => void;
}
