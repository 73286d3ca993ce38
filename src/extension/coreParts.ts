import type { ExtensionContextParts } from './context';
import type { RunDamage } from './keeping/damage';
import type { OwnedRunStore } from './runs/createRunStore';

/** What the core's own features are given. Their store also has the events that only they report. */
export type CoreParts = Omit<ExtensionContextParts, 'runStore' | 'engine'> & {
  readonly runStore: OwnedRunStore;
  /** What verifying runs has found. */
  readonly damage: RunDamage;
};
