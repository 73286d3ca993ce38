/** What every panel is: a tab with an icon in its place, and its restoration after a reload. */
import * as vscode from 'vscode';
import { showError } from '../commands/registerCommand';
import type { ExtensionContextParts } from '../context';
import type { PanelId } from '../ids';
import type { Log } from '../log';
import { followPanel, panelColumn } from './panelPlace';

export interface PanelFrame {
  readonly viewType: PanelId;
  /** The tab's icons are `media/NAME-light.svg` and `media/NAME-dark.svg`. */
  readonly name: string;
}

type Parts = Pick<ExtensionContextParts, 'context'>;

export function openPanel(
  parts: Parts,
  frame: PanelFrame,
  title: string,
  options: vscode.WebviewPanelOptions = {},
): vscode.WebviewPanel {
  const viewColumn = panelColumn(parts.context.workspaceState, frame.viewType);
  const panel = vscode.window.createWebviewPanel(frame.viewType, title, { viewColumn }, options);
  adoptPanel(parts, frame, panel);
  return panel;
}

/** Completes a panel that VS Code has opened again. */
export function adoptPanel({ context }: Parts, { viewType, name }: PanelFrame, panel: vscode.WebviewPanel): void {
  const icon = (theme: string): vscode.Uri =>
    vscode.Uri.joinPath(context.extensionUri, 'media', `${name}-${theme}.svg`);
  panel.iconPath = { light: icon('light'), dark: icon('dark') };
  followPanel(context.workspaceState, viewType, panel);
}

/** @param restore completes a panel from what its page has kept */
export function restorePanels(
  { log }: { readonly log: Log },
  viewType: PanelId,
  restore: (panel: vscode.WebviewPanel, state: unknown) => Promise<void>,
): vscode.Disposable {
  return vscode.window.registerWebviewPanelSerializer(viewType, {
    async deserializeWebviewPanel(panel, state) {
      try {
        await restore(panel, state);
      } catch (error) {
        void showError(log, error);
      }
    },
  });
}
