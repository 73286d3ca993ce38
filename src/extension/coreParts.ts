import type { ExtensionContextParts } from './context';
import type { RunDamage } from './keeping/damage';
import type { OwnedRunStore } from './runs/createRunStore';

/** What the core's own features are given: the store with what only they tell it. */
export type CoreParts = Omit<ExtensionContextParts, 'runStore' | 'engine'> & {
  readonly runStore: OwnedRunStore;
  /** What verifying has found. */
  readonly damage: RunDamage;
};
