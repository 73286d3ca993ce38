/** Limits by which perturbations were tested, and on what. */
import { wholeText } from '../../common/counted';
import { PUBLISHED_PERTURBATIONS, perturbationText } from '../../perturbations';
import { listed } from '../numbers';
import type { Limit } from './limit';

export const PERTURBATION_LIMITS: readonly Limit[] = [
  {
    id: 'noPerturbations',
    text: ({ asked: { perturbations } }) =>
      perturbations.length === 0 ? 'The study names no perturbations: nothing is known here of robustness.' : undefined,
  },
  {
    id: 'fallbackPerturbations',
    text({ asked: { perturbations } }) {
      const texts = perturbations.map(perturbationText).sort().join();
      const fallback = PUBLISHED_PERTURBATIONS.map(perturbationText);
      return texts !== '' && texts === [...fallback].sort().join()
        ? `The perturbations are those that stand in where a study says nothing (${listed(fallback)}): they were not chosen for these data.`
        : undefined;
    },
  },
  {
    id: 'untested',
    text: ({ asked: { perturbations }, robustness }) =>
      perturbations.length > 0 && !robustness.there ? 'The study’s perturbations have not been tested.' : undefined,
  },
  {
    id: 'perturbedSubset',
    text({ asked: { perturbations }, images: { test }, robustness }) {
      if (!robustness.there) return undefined;
      const fewer = perturbations.flatMap(({ images = test }) => (images < test ? [images] : []));
      return fewer.length === 0
        ? undefined
        : `${fewer.length === perturbations.length ? 'All' : `${fewer.length} of ${perturbations.length}`} perturbations are tested on the first ${listed([...new Set(fewer)].map(wholeText))} test images alone, of ${wholeText(test)}.`;
    },
  },
  {
    id: 'corruptionSubset',
    text: ({ asked: { perturbations } }) =>
      perturbations.some(({ kind }) => kind === 'corruption')
        ? 'Of CIFAR-10-C’s corruptions motion blur, snow, frost, fog, elastic transform and spatter are not among those that can be tested here, so that no mean over all of them can be given.'
        : undefined,
    cites: ['hendrycks2019benchmarking'],
  },
];
