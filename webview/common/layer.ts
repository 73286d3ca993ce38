import type { RunView } from '../../src/protocol/panelView';

/** How the maps of several layers become one: by their mean, or their maximum, each map scaled first. */
export const FUSIONS = ['mean', 'maximum'] as const;
export type Fusion = (typeof FUSIONS)[number];

/** Several layers, as the name of a layer says them: "mean(layer2.2, layer3.2)". */
export interface FusedLayers {
  readonly fusion: Fusion;
  readonly layers: readonly string[];
}

export function fusedLayers(layer: string): FusedLayers | undefined {
  const [, fusion, names] = /^(mean|maximum)\((.+)\)$/.exec(layer) ?? [];
  if (fusion === undefined || names === undefined) return undefined;
  return { fusion: fusion as Fusion, layers: names.split(',').map((name) => name.trim()) };
}

export function fusedName({ fusion, layers }: FusedLayers): string {
  return `${fusion}(${layers.join(', ')})`;
}

/** The layer, or the layers, of this name, or the study's where the run has none. */
export function layerOf({ layers, studyLayer }: Pick<RunView, 'layers' | 'studyLayer'>, layer: string | null): string {
  const names = layer === null ? [] : (fusedLayers(layer)?.layers ?? [layer]);
  const are = names.length > 0 && names.every((each) => layers.some(({ name }) => name === each));
  return are && layer !== null ? layer : studyLayer;
}
