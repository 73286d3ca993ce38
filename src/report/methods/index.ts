/** The methods of a run's part of the report, made from what the report holds. */
import type { RunContent } from '../content';
import { dataMethods } from './data';
import type { Methods, MethodsGroup } from './entry';
import { heatmapMethods } from './heatmaps';
import { intervalMethods } from './intervals';
import { measureMethods } from './measures';
import { networkMethods, trainingMethods } from './network';
import { perturbationMethods } from './perturbations';
import { studyMethods } from './studies';

export type { MethodsEntry, MethodsGroup } from './entry';

const GROUPS: readonly Methods[] = [
  dataMethods,
  networkMethods,
  trainingMethods,
  perturbationMethods,
  heatmapMethods,
  measureMethods,
  studyMethods,
  intervalMethods,
];

export function methodsOf(run: RunContent): MethodsGroup[] {
  return GROUPS.map((of) => of(run)).filter((each) => each !== undefined);
}
