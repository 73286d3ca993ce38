import type { NetworkMapView } from '../../protocol/runPanel';

/** A map of a run's network. */
export async function networkMapOf(folder: string): Promise<NetworkMapView> {
  const [{ openRun }, { architecture }, { networkMap }] = await Promise.all([
    import('../../runs'),
    import('../../architectures'),
    import('../../architectures/map'),
  ]);
  const { study, manifest } = await openRun(folder);
  const { architecture: name, inputSize } = study.model;
  const map = networkMap(architecture(name), inputSize, manifest.dataset.classNames.length);
  return map.map((box) => ({
    ...box,
    operations: [...box.operations],
    inputs: [...box.inputs],
    layers: [...box.layers],
  }));
}
