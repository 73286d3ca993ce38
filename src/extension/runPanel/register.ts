/**
 * Registers a kind of panel: its commands, and its restoration after a reload. Its code is loaded with the first panel.
 */
import * as vscode from 'vscode';
import type { Contract } from '../../protocol/contract';
import type { PanelSource } from '../../protocol/panelView';
import type { RunPanelHost } from '../../protocol/runPanel';
import { registerCommand } from '../commands/registerCommand';
import type { ExtensionContextParts } from '../context';
import type { CommandId, PanelId } from '../ids';
import { filesOf, imagesOf } from '../imageFiles';
import { pickRun } from '../runs/pick';
import type { RunTarget } from '../runs/target';
import { restorePanels } from '../webview/frame';
import type { PanelKind, RunPanel } from './panelKind';
import type { Panels } from './panels';
import { hasCheckpoints, newestRun, noCheckpointsText, sayNoImage, sayNoRun, sourceOf } from './source';

export interface RegisteredPanels<Host extends RunPanelHost, Page extends Contract> extends vscode.Disposable {
  readonly load: () => Promise<Panels<Host, Page>>;
  /**
   * Shows what a command's target means.
   * @returns undefined if the person cancels
   */
  show(target: RunTarget, images?: PanelSource['images']): Promise<RunPanel<Host, Page> | undefined>;
}

export function registerPanels<Host extends RunPanelHost, Page extends Contract>(
  parts: ExtensionContextParts,
  viewType: PanelId,
  loadKind: () => Promise<PanelKind<Host, Page>>,
): RegisteredPanels<Host, Page> {
  let loading: Promise<Panels<Host, Page>> | undefined;
  const start = async (): Promise<Panels<Host, Page>> => {
    const [{ createPanels }, kind] = await Promise.all([import('./panels'), loadKind()]);
    return createPanels(parts, kind);
  };
  const load = (): Promise<Panels<Host, Page>> => (loading ??= start());
  const restoring = restorePanels(parts, viewType, async (panel, state) => (await load()).restore(panel, state));
  return {
    load,
    async show(target, images) {
      const source = await sourceOf(parts, target);
      if (source === undefined) return undefined;
      return (await load()).show(images === undefined ? source : { ...source, images });
    },
    dispose() {
      restoring.dispose();
    },
  };
}

export interface ImageCommands {
  /** The command for the checkpoints of the newest run. */
  readonly newest: CommandId;
  /** The command for the checkpoints of a run that the person picks. */
  readonly chosen: CommandId;
  /** The feature that takes the images: "Grad-CAM". */
  readonly what: string;
  readonly show: (source: PanelSource) => Promise<void>;
}

/** Registers the two commands of the context menu of image files. */
export function registerImageCommands(parts: ExtensionContextParts, commands: ImageCommands): vscode.Disposable {
  const { newest, chosen, what, show } = commands;
  const withImages =
    (act: (images: PanelSource['images']) => Promise<void>) =>
    async (target: RunTarget, others: readonly unknown[]): Promise<void> => {
      const paths = imagesOf(target, others);
      if (paths.length === 0) sayNoImage(what, filesOf(target, others)[0]);
      else await act({ of: 'files', paths });
    };
  return vscode.Disposable.from(
    registerCommand(
      parts,
      newest,
      withImages(async (images) => {
        const run = newestRun(parts);
        if (run === undefined) await sayNoRun();
        else await show({ studyFile: run.studyFile, run: null, images, follows: false });
      }),
    ),
    registerCommand(
      parts,
      chosen,
      withImages(async (images) => {
        const options = {
          placeHolder: vscode.l10n.t('The checkpoints of which run?'),
          none: noCheckpointsText(),
          only: hasCheckpoints,
        };
        const run = await pickRun({}, parts.runStore, options);
        if (run !== undefined) await show({ studyFile: run.studyFile, run: run.folder, images, follows: false });
      }),
    ),
  );
}
