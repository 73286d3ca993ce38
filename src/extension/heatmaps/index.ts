/** Heatmaps in VS Code: their commands and panels. Schemas are loaded with the first panel. */
import * as vscode from 'vscode';
import type { ExportKind, PanelSource } from '../../protocol/heatmaps';
import { registerCommand, showError } from '../commands/registerCommand';
import type { ExtensionContextParts } from '../context';
import { COMMANDS, PANELS } from '../ids';
import { pickRun } from '../runs/pick';
import type { RunTarget } from '../runs/target';
import { imagesOf } from '../imageFiles';
import type { HeatmapPanel } from './panel';
import type { Panels } from '../runPanel/panels';
import { hasCheckpoints, newestRun, NO_CHECKPOINTS, sayNoImage, sayNoRun, sourceOf } from '../runPanel/source';

export function registerHeatmaps(parts: ExtensionContextParts): vscode.Disposable {
  const { log } = parts;
  let loading: Promise<Panels<HeatmapPanel>> | undefined;
  const panels = (): Promise<Panels<HeatmapPanel>> => (loading ??= load(parts));
  const show = async (source: PanelSource): Promise<void> => void (await panels()).show(source);

  return vscode.Disposable.from(
    registerCommand(parts, COMMANDS.openHeatmaps, async (target) => {
      const source = await sourceOf(parts, target);
      if (source !== undefined) await show({ ...source, images: imagesAskedFor(target) });
    }),
    registerCommand(parts, COMMANDS.showGradCam, async (target, others) => {
      const files = imagesOf(target, others);
      const run = newestRun(parts);
      if (files.length === 0) sayNoImage('Grad-CAM');
      else if (run === undefined) await sayNoRun();
      else await show({ studyFile: run.studyFile, run: null, files, follows: false });
    }),
    registerCommand(parts, COMMANDS.showGradCamForRun, async (target, others) => {
      const files = imagesOf(target, others);
      if (files.length === 0) {
        sayNoImage('Grad-CAM');
        return;
      }
      const options = { placeHolder: 'The checkpoints of which run?', none: NO_CHECKPOINTS, only: hasCheckpoints };
      const run = await pickRun({}, parts.runStore, options);
      if (run !== undefined) await show({ studyFile: run.studyFile, run: run.folder, files, follows: false });
    }),
    ...(['png', 'csv'] as const).map((kind) =>
      registerCommand(parts, kind === 'png' ? COMMANDS.exportHeatmapsPng : COMMANDS.exportHeatmapsCsv, (target) =>
        exportActive(panels, kind, target),
      ),
    ),
    registerCommand(parts, COMMANDS.copyHeatmaps, async () => {
      const { active } = await panels();
      try {
        await active?.copy();
        if (active !== undefined) vscode.window.setStatusBarMessage('EpochLens: the figure is on the clipboard.', 4000);
      } catch (error) {
        await offerExport(error);
      }
    }),
    vscode.window.registerWebviewPanelSerializer(PANELS.heatmaps, {
      async deserializeWebviewPanel(panel, state) {
        try {
          (await panels()).restore(panel, state);
        } catch (error) {
          void showError(log, error);
        }
      },
    }),
  );
}

/** Another panel names images of the data set. */
function imagesAskedFor(target: RunTarget): PanelSource['images'] {
  const named = typeof target === 'object' && 'images' in target ? target.images : undefined;
  return named?.map((image) => ({ kind: 'set', ...image }));
}

async function load(parts: ExtensionContextParts): Promise<Panels<HeatmapPanel>> {
  const [{ createPanels }, { createHeatmapPanel }] = await Promise.all([
    import('../runPanel/panels'),
    import('./panel'),
  ]);
  return createPanels(parts, {
    ...{ viewType: PANELS.heatmaps, title: 'Heatmaps', icon: 'heatmaps' },
    create: (panel, source) => createHeatmapPanel(parts, panel, source),
  });
}

/** To a file that is given, or else asked for. @returns its path */
async function exportActive(
  panels: () => Promise<Panels<HeatmapPanel>>,
  kind: ExportKind,
  target: RunTarget,
): Promise<string | undefined> {
  const { active } = await panels();
  if (active === undefined) {
    void vscode.window.showInformationMessage('Open the heatmaps first: what they show is exported.');
    return undefined;
  }
  const saved = await active.save(kind, fileOf(target));
  return saved?.fsPath;
}

/** A menu of the panel's title gives the panel's own address, which is no file. */
function fileOf(target: RunTarget): vscode.Uri | undefined {
  if (typeof target === 'string') return vscode.Uri.file(target);
  if (!(target instanceof vscode.Uri)) return undefined;
  return vscode.workspace.fs.isWritableFileSystem(target.scheme) === true ? target : undefined;
}

async function offerExport(error: unknown): Promise<void> {
  const save = 'Export as PNG…';
  const message = error instanceof Error ? error.message : String(error);
  if ((await vscode.window.showWarningMessage(message, save)) === save) {
    await vscode.commands.executeCommand(COMMANDS.exportHeatmapsPng);
  }
}
