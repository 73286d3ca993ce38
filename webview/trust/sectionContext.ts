import type { Peer } from '../../src/protocol/peer';
import type { TrustHostContract, TrustPageContract, TrustTab } from '../../src/protocol/trustPanel';
import type { ChartBasis } from './curveSection';
import type { Choice } from './savedState';
import type { SectionOptions } from './tabSection';
import type { Basis } from './wanted';

/** What all sections are made with. Its functions read signals: what calls them is computed anew when these change. */
export interface SectionContext extends Pick<SectionOptions<object, unknown, unknown, unknown>, 'pace'> {
  readonly host: Peer<TrustPageContract, TrustHostContract>;
  /** The tab in sight. */
  readonly tab: () => TrustTab;
  readonly choice: () => Choice;
  /** Undefined while there is no run, or it is not known what there is to choose from. */
  readonly basis: () => Basis | undefined;
  readonly chart: () => ChartBasis;
}
