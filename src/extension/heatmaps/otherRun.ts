/** What a heatmap panel is told of a run that its own is compared with. */
import * as vscode from 'vscode';
import { declareNetwork, networkId } from '../../architectures';
import type { OtherRun } from '../../protocol/heatmaps';
import { RequestError } from '../../protocol/peer';
import type { ExtensionContextParts } from '../context';
import type { BoundPanel } from '../runPanel/panelKind';
import { runName } from '../runs/runName';
import type { RunSummary } from '../runs/runSummary';

/**
 * @param folder of the other run
 * @throws RequestError where there is no such run, or its images are others than those that the panel shows
 */
export async function otherRunOf(
  { runStore }: Pick<ExtensionContextParts, 'runStore'>,
  panel: BoundPanel,
  folder: string,
): Promise<OtherRun> {
  const shown = panel.shownRun();
  const summary = runStore.find(folder);
  if (summary === undefined || summary.state === 'damaged') {
    throw refused(vscode.l10n.t('The other run is not there any more. Choose another under Compare.'));
  }
  const { openRun } = await import('../../runs');
  const [own, other] = await Promise.all([openRun(shown.folder), openRun(folder)]);
  const isOfFiles = panel.source.images.of === 'files';
  const place = summary.studyFile === shown.studyFile ? 'inStudy' : 'full';
  const name = runName(summary, place);
  if (!isOfFiles && own.manifest.dataset.fingerprint !== other.manifest.dataset.fingerprint) {
    throw refused(
      vscode.l10n.t(
        '{0} has other data: its images of these numbers are not the same. Compare runs of one data set.',
        name,
      ),
    );
  }
  const { inputSize } = other.study.model;
  const { targetLayers, defaultLayer } = declareNetwork(
    other.network,
    inputSize,
    other.manifest.dataset.classNames.length,
  );
  const shownName = runName(shown, place);
  // Two that nobody named may have begun in the same minute.
  const told = ({ id }: RunSummary, called: string): string => (name === shownName ? `${called} (${id})` : called);
  return {
    run: folder,
    name: told(summary, name),
    shownName: told(shown, shownName),
    epochs: [...summary.checkpoints],
    layers: targetLayers.map((layer) => layer.name),
    defaultLayer: defaultLayer.name,
    sameNetwork: networkId(own.network) === networkId(other.network),
  };
}

function refused(message: string): RequestError {
  return new RequestError({ reason: 'refused', message });
}
