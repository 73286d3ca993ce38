/** The studies that panels are of: a command of the palette means that of the panel with the focus. */
import type * as vscode from 'vscode';

const studies = new Map<vscode.WebviewPanel, () => string | undefined>();

/** @param studyFile asked for each time, as a panel can come to show another study */
export function setPanelStudy(panel: vscode.WebviewPanel, studyFile: () => string | undefined): void {
  studies.set(panel, studyFile);
  panel.onDidDispose(() => studies.delete(panel));
}

export function studyOfFocusedPanel(): string | undefined {
  return [...studies].find(([panel]) => panel.active)?.[1]();
}
