import type { NetworkMapView } from '../../protocol/runPanel';

/** A map of a run's network. */
export async function networkMapOf(folder: string): Promise<NetworkMapView> {
  const [{ openRun }, { networkMap }] = await Promise.all([import('../../runs'), import('../../architectures/map')]);
  const { study, manifest, network } = await openRun(folder);
  const map = networkMap(network.architecture, study.model.inputSize, manifest.dataset.classNames.length);
  return map.map((box) => ({
    ...box,
    operations: [...box.operations],
    inputs: [...box.inputs],
    layers: [...box.layers],
  }));
}
