/** The gallery: choosing images of a data set, and viewing batch files of CIFAR-10 and CIFAR-100. */
import * as vscode from 'vscode';
import { registerCommand } from '../commands/registerCommand';
import type { ExtensionContextParts } from '../context';
import { COMMANDS, PANELS } from '../ids';
import { pickStudy } from '../runs/pick';
import { restorePanels } from '../webview/frame';
import { registerBatchEditor } from './batchEditor';

export function registerGallery(parts: ExtensionContextParts): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand(parts, COMMANDS.openGallery, async (target) => {
      const file = await pickStudy(target, parts.runStore);
      if (file === undefined) return;
      const { openGallery } = await import('./studyPanel');
      openGallery(parts, file);
    }),
    restorePanels(parts, PANELS.gallery, async (panel, state) => {
      const { restoreGallery } = await import('./studyPanel');
      restoreGallery(parts, panel, state);
    }),
    registerBatchEditor(parts),
  );
}
