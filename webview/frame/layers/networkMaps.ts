/** The maps of runs' networks, each asked for once. */
import type { NetworkMapView } from '../../../src/protocol/runPanel';

type Ask = (run: string) => Promise<NetworkMapView>;

let ask: Ask | undefined;
const known = new Map<string, Promise<NetworkMapView>>();

/** The page's channel to the extension: a page has one. */
export function askNetworkMapsBy(by: Ask): void {
  ask = by;
}

export function networkMapOf(run: string): Promise<NetworkMapView> {
  const map = known.get(run) ?? ask?.(run) ?? Promise.reject(new Error('no channel'));
  known.set(run, map);
  map.catch(() => known.delete(run));
  return map;
}
