/** Answers that more than one kind of panel gives. */
import * as vscode from 'vscode';
import type { Answer } from '../../protocol/contract';
import type { EngineContract, ImageReference } from '../../protocol/engine';
import { RequestError } from '../../protocol/peer';
import type { chooseFiles, openHeatmaps } from '../../protocol/runPanel';
import type { ExtensionContextParts } from '../context';
import { COMMANDS } from '../ids';
import { askForImages } from '../imageFiles';
import { savedText } from '../webview/save';
import type { BoundPanel, Exported } from './panelKind';

/** @throws RequestError where the page requests a file that does not belong to the panel */
export function checkImages({ source }: BoundPanel, images: readonly ImageReference[]): void {
  const files = new Set(source.images.of === 'files' ? source.images.paths : []);
  for (const image of images) {
    if (image.kind === 'set' || files.has(image.path)) continue;
    const message = vscode.l10n.t('The panel asked for an image that was not chosen: {0}.', image.path);
    throw new RequestError({ reason: 'refused', message });
  }
}

/** @param isBeside whether a run is shown beside the panel's own */
export function explainAnswer(
  { engine }: Pick<ExtensionContextParts, 'engine'>,
  panel: BoundPanel,
  isBeside: (run: string) => boolean = () => false,
): Answer<EngineContract['requests']['explain']> {
  return (params, { signal, progress }) => {
    panel.shownRun(isBeside(params.run) ? undefined : params.run);
    checkImages(panel, params.images);
    return engine.request('explain', params, { signal, progress });
  };
}

export async function savedAs(panel: BoundPanel, what: Exported): Promise<{ saved: string | null }> {
  return savedText(await panel.save(what));
}

export function chooseFilesAnswer(
  panel: BoundPanel,
  dialog: { readonly title: string; readonly button: string },
): Answer<typeof chooseFiles> {
  return async ({ files }) => {
    const paths = files === 'study' ? undefined : await askForImages(dialog.title, dialog.button);
    if (files === 'study') panel.setSource({ ...panel.source, images: { of: 'study' } });
    else if (paths !== undefined) panel.setSource({ ...panel.source, images: { of: 'files', paths } });
    return null;
  };
}

export function openHeatmapsAnswer(panel: BoundPanel): Answer<typeof openHeatmaps> {
  return async ({ images }) => {
    await vscode.commands.executeCommand(COMMANDS.openHeatmaps, { run: panel.run, images });
    return null;
  };
}
