/** Maps that know nothing of the network, beside which a method's are judged. */
import { createRandom } from '../../common/random';
import type { FloatMap } from '../../imaging/heatmap';
import type { Size } from '../../imaging/placement';

/** In the order in which they are shown. */
export const CONTROL_IDS = ['random', 'blob'] as const;
export type ControlId = (typeof CONTROL_IDS)[number];

export const CONTROL_NAMES: Readonly<Record<ControlId, string>> = {
  random: 'a random map',
  blob: 'a centred blob',
};

/** The blob's standard deviation, in sides of the map. */
const BLOB = 0.25;

/**
 * @param size of the method's own maps, to which the control is enlarged as they are
 * @param image its number, by which a random map is drawn
 */
export function controlMap(id: ControlId, { height, width }: Size, seed: number, image: number): FloatMap {
  const values = new Float32Array(height * width);
  const random = createRandom('random map', seed, image);
  for (let cell = 0; cell < values.length; cell++) {
    const row = (Math.floor(cell / width) + 0.5) / height - 0.5;
    const column = ((cell % width) + 0.5) / width - 0.5;
    values[cell] = id === 'random' ? random.uniform() : Math.exp(-(row ** 2 + column ** 2) / (2 * BLOB ** 2));
  }
  return { height, width, values };
}
