/** The map of a network, from its file or from its architecture. */
import type { Architecture } from '../architecture';
import { buildSteps } from './buildSteps';
import { collapse } from './collapse';
import type { NetworkMap } from './networkMap';

export type { MapBox, NetworkMap } from './networkMap';

/** More are no map any more. */
const MOST_BOXES = 150;

/** @param most boxes that are drawn, where modules can be folded that far */
export function networkMap(
  architecture: Pick<Architecture, 'build'>,
  inputSize: number,
  classes: number,
  most = MOST_BOXES,
): NetworkMap {
  return collapse(buildSteps(architecture, inputSize, classes), most);
}
