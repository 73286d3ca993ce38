import { dirname } from 'node:path';
import * as vscode from 'vscode';

/** Completes layer names in `explain.layer`, with the size of each layer's map. */
export const layerCompletion: vscode.CompletionItemProvider = {
  async provideCompletionItems(document, position) {
    const { getLocation } = await import('jsonc-parser');
    const location = getLocation(document.getText(), document.offsetAt(position));
    if (location.isAtPropertyKey || !location.matches(['explain', 'layer']) || location.path.length !== 2) return [];
    const targetLayers = await targetLayersOf(document);
    const node = location.previousNode;
    const within = node !== undefined && node.offset <= document.offsetAt(position) && node.type === 'string';
    const range = within
      ? new vscode.Range(document.positionAt(node.offset), document.positionAt(node.offset + node.length))
      : undefined;
    const { fusions } = await import('./fusions');
    return [...fusions(targetLayers), ...targetLayers].map((layer, index, { length }) => {
      const { name, height, width, channels } = layer;
      const item = new vscode.CompletionItem(`"${name}"`, vscode.CompletionItemKind.Value);
      item.detail =
        'fusion' in layer
          ? vscode.l10n.t('{0}×{1}, the maps of several layers as one', height, width)
          : vscode.l10n.t('{0}×{1}, {2} channels', height, width, channels);
      // The last layers are the usual choice, so they are sorted first.
      item.sortText = `~${String(length - index).padStart(3, '0')}`;
      if (range !== undefined) item.range = range;
      return item;
    });
  },
};

async function targetLayersOf(document: vscode.TextDocument) {
  const { declarationIfReadable, studiesIn } = await import('../../study');
  const studies = await studiesIn(document.getText(), document.uri.fsPath);
  const folder = dirname(document.uri.fsPath);
  const [first = [], ...others] = await Promise.all(
    studies.map(async (study) => (await declarationIfReadable(study, folder))?.targetLayers ?? []),
  );
  // With several models, only a layer that all of them have can be chosen.
  return first.filter(({ name }) =>
    others.every((targetLayers) => targetLayers.some((targetLayer) => targetLayer.name === name)),
  );
}
