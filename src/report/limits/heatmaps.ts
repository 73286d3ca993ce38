/** Limits by which checks of the heatmaps were not done. */
import { findTargetLayer } from '../../architectures';
import { declarationOfRun } from '../../runs';
import { methodName } from '../../explanations';
import type { RunContent } from '../content';
import { usedMethods } from '../usedMethods';
import type { Limit } from './limit';

/** A map of fewer cells a side tells no place. */
const COARSE = 2;

export const HEATMAP_LIMITS: readonly Limit[] = [
  {
    id: 'oneMethod',
    text(run) {
      const [only, ...others] = usedMethods(run);
      return only === undefined || others.length > 0
        ? undefined
        : `Heatmaps are by one method, ${methodName(only)}, at one layer: what it shows need not follow from the model, and another method may show something else.`;
    },
  },
  {
    id: 'noSanity',
    text(run) {
      const checks = sanityChecks(run);
      const missing = [...(checks.learned ? [] : ['on what was learned']), ...(checks.class ? [] : ['on the class'])];
      return missing.length === 0
        ? undefined
        : `No sanity check was made of whether the heatmaps depend ${missing.join(', or ')}.`;
    },
    cites: ['adebayo2018sanity'],
  },
  {
    id: 'noLocalisation',
    text: ({ studies }) =>
      studies.localisation === undefined
        ? 'Localisation was not measured: nothing says whether relevance lies on the object that is explained.'
        : undefined,
    cites: ['ariasduart2022focus'],
  },
  {
    id: 'noMasks',
    text: ({ studies }) =>
      studies.localisation?.images === 0
        ? 'No masks of the objects are known: Focus tells the right image of a mosaic, and not the object in it.'
        : undefined,
    cites: ['ariasduart2022focus'],
  },
  {
    id: 'noFaithfulness',
    text: ({ studies }) =>
      studies.faithfulness === undefined
        ? 'Faithfulness was not measured: nothing says whether predictions depend on what the heatmaps mark.'
        : undefined,
    cites: ['petsiuk2018rise', 'rong2022road'],
  },
  {
    id: 'noCalibration',
    text: ({ studies, robustness }) =>
      studies.calibration === undefined && robustness.there
        ? 'Calibration was not measured: a drop of confidence may be less overconfidence, and not less robustness.'
        : undefined,
    cites: ['guo2017calibration'],
  },
  {
    id: 'coarseMap',
    text({ run, asked: { explain } }) {
      if (typeof explain.layer !== 'string') return undefined;
      const layer = findTargetLayer(declarationOfRun(run), explain.layer);
      return layer !== undefined && Math.min(layer.height, layer.width) <= COARSE
        ? `At ${layer.name} a heatmap has ${layer.height}×${layer.width} cells: it can hardly say where.`
        : undefined;
    },
  },
];

/** The drift of a run that began untrained has a check of what was learned. */
function sanityChecks({ attention, studies }: RunContent): { readonly learned: boolean; readonly class: boolean } {
  const methods = studies.sanity?.methods ?? [];
  return {
    learned:
      (attention.there && attention.value.numbers.randomisation !== null) ||
      methods.some(({ randomisation }) => randomisation !== null),
    class: methods.some(({ classSensitivity }) => classSensitivity !== null),
  };
}
