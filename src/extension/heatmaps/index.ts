/** The commands and panels of heatmaps. Schemas are loaded with the first panel. */
import * as vscode from 'vscode';
import type { PanelImages } from '../../protocol/panelView';
import type { ExportKind } from '../../protocol/runPanel';
import { registerCommand } from '../commands/registerCommand';
import type { ExtensionContextParts } from '../context';
import type { CoreParts } from '../coreParts';
import { COMMANDS, PANELS } from '../ids';
import { registerImageCommands, registerPanels } from '../runPanel/register';
import type { RunTarget } from '../runs/target';
import { twoRuns } from '../runs/twoRuns';
import type { HeatmapPanel } from './heatmapsPanel';

type ActivePanel = () => Promise<HeatmapPanel | undefined>;

export function registerHeatmaps(
  parts: ExtensionContextParts & Pick<CoreParts, 'runStore' | 'selection'>,
): vscode.Disposable {
  const panels = registerPanels(parts, PANELS.heatmaps, async () =>
    (await import('./heatmapsPanel')).heatmapKind(parts),
  );
  const active: ActivePanel = async () => (await panels.load()).active;
  return vscode.Disposable.from(
    panels,
    registerCommand(parts, COMMANDS.openHeatmaps, async (target) => {
      await panels.show(target, imagesAskedFor(target));
    }),
    registerCommand(parts, COMMANDS.compareHeatmaps, async (target, others) => {
      const chosen = await twoRuns(parts, target, others, {
        which: vscode.l10n.t('Compare the heatmaps of which run?'),
        withWhich: (name) => vscode.l10n.t('With which run shall {0} be compared?', name),
      });
      if (chosen === undefined) return;
      const [run, other] = chosen;
      (await panels.show({ run }))?.show({ beside: other.folder });
    }),
    registerImageCommands(parts, {
      newest: COMMANDS.showGradCam,
      chosen: COMMANDS.showGradCamForRun,
      what: 'Grad-CAM',
      show: async (source) => void (await panels.load()).show(source),
    }),
    registerCommand(parts, COMMANDS.exportHeatmapsPng, (target) => exportActive(active, 'png', target)),
    registerCommand(parts, COMMANDS.exportHeatmapsCsv, (target) => exportActive(active, 'csv', target)),
    registerCommand(parts, COMMANDS.copyHeatmaps, () => copyActive(active)),
  );
}

/** Another panel passes images of the data set. */
function imagesAskedFor(target: RunTarget): PanelImages | undefined {
  const images = typeof target === 'object' && 'images' in target ? target.images : undefined;
  return images === undefined ? undefined : { of: 'dataset', images: [...images] };
}

/**
 * Saves to a given file, or asks for one.
 * @returns its path
 */
async function exportActive(active: ActivePanel, kind: ExportKind, target: RunTarget): Promise<string | undefined> {
  const panel = await active();
  if (panel === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open the heatmaps first: what they show is exported.'));
    return undefined;
  }
  const { exportedHeatmaps } = await import('./heatmapsPanel');
  return (await panel.save(exportedHeatmaps(panel, kind, fileOf(target))))?.fsPath;
}

/** A menu in the panel's title passes the panel's URI, which is no file. */
function fileOf(target: RunTarget): vscode.Uri | undefined {
  if (typeof target === 'string') return vscode.Uri.file(target);
  if (!(target instanceof vscode.Uri)) return undefined;
  return vscode.workspace.fs.isWritableFileSystem(target.scheme) === true ? target : undefined;
}

async function copyActive(active: ActivePanel): Promise<void> {
  const panel = await active();
  if (panel === undefined) return;
  try {
    panel.webviewPanel.reveal(undefined, false);
    await panel.page.request('copy', {});
    vscode.window.setStatusBarMessage(vscode.l10n.t('EpochLens: the figure is on the clipboard.'), 4000);
  } catch (error) {
    await offerExport(error);
  }
}

async function offerExport(error: unknown): Promise<void> {
  const save = vscode.l10n.t('Export as PNG…');
  const message = error instanceof Error ? error.message : String(error);
  if ((await vscode.window.showWarningMessage(message, save)) === save) {
    await vscode.commands.executeCommand(COMMANDS.exportHeatmapsPng);
  }
}
