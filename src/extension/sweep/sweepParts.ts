import type { CoreParts } from '../coreParts';
import type { SweepStore } from './sweepStore';

/** What the commands of a sweep are given. */
export type SweepParts = CoreParts & { readonly sweeps: SweepStore };
