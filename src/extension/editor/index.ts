import * as vscode from 'vscode';
import { createDiagnostics } from './diagnostics';
import type { SweepParts } from '../sweep/sweepParts';
import { layerCompletion } from './layerCompletion';
import { createLensProvider } from './lensProvider';
import { quickFixes } from './quickFixes';
import { STUDY_SELECTOR } from './selector';

/** The editor features for study files, beside the completion and hover help that come from the JSON schema. */
export function registerEditor({ log, runStore, sweeps }: SweepParts): vscode.Disposable {
  const diagnostics = createDiagnostics({ log, runStore });
  const lenses = createLensProvider(runStore, sweeps);
  const { registerCodeActionsProvider, registerCodeLensProvider, registerCompletionItemProvider } = vscode.languages;
  const kinds = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] };
  return vscode.Disposable.from(
    diagnostics,
    lenses,
    registerCodeLensProvider(STUDY_SELECTOR, lenses),
    registerCodeActionsProvider(STUDY_SELECTOR, quickFixes(diagnostics), kinds),
    registerCompletionItemProvider(STUDY_SELECTOR, layerCompletion, '"'),
  );
}
