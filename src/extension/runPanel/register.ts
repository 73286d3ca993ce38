import * as vscode from 'vscode';
import { registerCommand, showError } from '../commands/registerCommand';
import type { ExtensionContextParts } from '../context';
import type { CommandId } from '../ids';
import type { PanelKind, Panels } from './panels';
import type { RunSession } from './session';
import { sourceOf } from './source';

/** The command and the return after a reload of one kind of panel, whose code is loaded with the first of them. */
export function registerRunPanel(
  parts: ExtensionContextParts,
  command: CommandId,
  viewType: string,
  loadKind: () => Promise<PanelKind<RunSession>>,
): vscode.Disposable {
  let loading: Promise<Panels<RunSession>> | undefined;
  const load = async (): Promise<Panels<RunSession>> => {
    const [{ createPanels }, kind] = await Promise.all([import('./panels'), loadKind()]);
    return createPanels(parts, kind);
  };
  const panels = (): Promise<Panels<RunSession>> => (loading ??= load());
  return vscode.Disposable.from(
    registerCommand(parts, command, async (target) => {
      const source = await sourceOf(parts, target);
      if (source === undefined) return;
      const panel = (await panels()).show(source);
      if (typeof target === 'object' && 'epoch' in target) panel.showEpoch(target.epoch);
    }),
    vscode.window.registerWebviewPanelSerializer(viewType, {
      async deserializeWebviewPanel(panel, state) {
        try {
          (await panels()).restore(panel, state);
        } catch (error) {
          void showError(parts.log, error);
        }
      },
    }),
  );
}
