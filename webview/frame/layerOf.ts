import type { RunView } from '../../src/protocol/panelView';

/** The layer of this name, or the study's where the run has none. */
export function layerOf({ layers, studyLayer }: RunView, layer: string | null): string {
  return layers.some(({ name }) => name === layer) ? (layer ?? '') : studyLayer;
}
