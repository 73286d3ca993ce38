import { declareNetwork, type Declaration } from '../architectures';
import type { Run } from './open';

/** What a run's network is made of, and how large its feature maps are. */
export function declarationOfRun({
  network,
  study,
  manifest,
}: Pick<Run, 'network' | 'study' | 'manifest'>): Declaration {
  return declareNetwork(network, study.model.inputSize, manifest.dataset.classNames.length);
}
