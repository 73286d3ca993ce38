import * as vscode from 'vscode';
import type { CoreParts } from '../coreParts';
import { adoptableRuns } from './adoptableRuns';
import type { Finding } from './finding';
import { rangeOf } from './places';
import { isStudy } from './selector';

const SOURCE = 'EpochLens';
const QUIET_MILLISECONDS = 300;

export interface Diagnostics extends vscode.Disposable {
  /** Findings for the current version of the document. */
  findings(document: vscode.TextDocument): Promise<readonly Finding[]>;
}

/**
 * Checks every open study as it is typed. A finding that VS Code's JSON support reports at the same place is left out.
 */
export function createDiagnostics({ log, runStore }: Pick<CoreParts, 'log' | 'runStore'>): Diagnostics {
  const collection = vscode.languages.createDiagnosticCollection('epochlens');
  const checks = new Map<string, { readonly version: number; readonly findings: Promise<readonly Finding[]> }>();
  const timers = new Map<string, NodeJS.Timeout>();

  function findings(document: vscode.TextDocument): Promise<readonly Finding[]> {
    const key = document.uri.toString();
    const known = checks.get(key);
    if (known?.version === document.version) return known.findings;
    const check = { version: document.version, findings: checkNow(document) };
    checks.set(key, check);
    return check.findings;
  }

  async function checkNow(document: vscode.TextDocument): Promise<readonly Finding[]> {
    try {
      const { checkStudy } = await import('./checkStudy');
      const file = document.uri.fsPath;
      return await checkStudy(document.getText(), file, await adoptableRuns(file, runStore));
    } catch (error) {
      log.error('A study file could not be checked.', error instanceof Error ? error : String(error));
      return [];
    }
  }

  async function publish(document: vscode.TextDocument): Promise<void> {
    const { version, uri } = document;
    const found = await findings(document);
    if (document.isClosed || document.version !== version) return;
    const others = vscode.languages.getDiagnostics(uri).filter(({ source }) => source !== SOURCE);
    const said = (range: vscode.Range): boolean =>
      others.some((other) => other.range.intersection(range) !== undefined);
    const wanted = found
      .map((finding) => ({ finding, diagnostic: asDiagnostic(finding, document) }))
      .filter(({ finding, diagnostic }) => !finding.bySchema || !said(diagnostic.range))
      .map(({ diagnostic }) => diagnostic);
    if (JSON.stringify(collection.get(uri) ?? []) !== JSON.stringify(wanted)) collection.set(uri, wanted);
  }

  function soon(document: vscode.TextDocument): void {
    if (!isStudy(document)) return;
    const key = document.uri.toString();
    clearTimeout(timers.get(key));
    timers.set(
      key,
      setTimeout(() => void publish(document), QUIET_MILLISECONDS),
    );
  }

  function forget({ uri }: vscode.TextDocument): void {
    clearTimeout(timers.get(uri.toString()));
    timers.delete(uri.toString());
    checks.delete(uri.toString());
    collection.delete(uri);
  }

  /** Findings also depend on other files: studies beside this one, and runs without a study. */
  let beside = '';
  function checkBeside(): void {
    const now = JSON.stringify([
      runStore.studies(),
      runStore.runs().map(({ folder, studyFile, lost }) => [folder, studyFile, lost]),
    ]);
    if (now === beside) return;
    beside = now;
    for (const document of vscode.workspace.textDocuments) again(document);
  }

  /** Files that the study names may have been created or deleted. */
  function again(document: vscode.TextDocument | undefined): void {
    if (document === undefined || !isStudy(document)) return;
    checks.delete(document.uri.toString());
    soon(document);
  }

  const { onDidOpenTextDocument, onDidChangeTextDocument, onDidCloseTextDocument, onDidSaveTextDocument } =
    vscode.workspace;
  const subscriptions = [
    onDidOpenTextDocument(soon),
    onDidChangeTextDocument(({ document }) => soon(document)),
    onDidSaveTextDocument(again),
    onDidCloseTextDocument(forget),
    vscode.window.onDidChangeActiveTextEditor((editor) => again(editor?.document)),
    runStore.onDidChange(checkBeside),
    vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      const changed = new Set(uris.map(String));
      for (const document of vscode.workspace.textDocuments)
        if (isStudy(document) && changed.has(document.uri.toString())) void publish(document);
    }),
  ];
  for (const document of vscode.workspace.textDocuments) soon(document);

  return {
    findings,
    dispose() {
      for (const timer of timers.values()) clearTimeout(timer);
      for (const owned of [...subscriptions, collection]) owned.dispose();
    },
  };
}

const SEVERITIES = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

function asDiagnostic(finding: Finding, document: vscode.TextDocument): vscode.Diagnostic {
  const severity = SEVERITIES[finding.severity];
  const diagnostic = new vscode.Diagnostic(rangeOf(finding, document), finding.message, severity);
  diagnostic.source = SOURCE;
  diagnostic.code = finding.code;
  return diagnostic;
}
