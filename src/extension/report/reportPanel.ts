/** A report in a panel. It is read again when it is made again, and its panel comes back after a reload. */
import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { errorCode } from '../../common/reasons';
import { studyReportPath } from '../../runs/reportPath';
import type { CoreParts } from '../coreParts';
import { COMMANDS, PANELS } from '../ids';
import { setPanelStudy } from '../runs/panelStudies';
import type { RunSummary } from '../runs/runStore';
import { adoptPanel, openPanel, type PanelFrame } from '../webview/frame';
import type { MadeReport } from './makeReport';
import { openExternally } from './openExternally';
import { isReport, messagePage, reportPage, type Button, type PanelPage } from './reportHtml';

const FRAME: PanelFrame = { viewType: PANELS.report, name: 'report' };

interface OpenReport {
  readonly file: string;
  readonly panel: vscode.WebviewPanel;
  readonly refresh: () => void;
}

let open: OpenReport[] = [];

export function showReport(parts: CoreParts, { file, studyName }: MadeReport): void {
  const shown = open.find((each) => each.file === file);
  if (shown === undefined) {
    fill(parts, openPanel(parts, FRAME, vscode.l10n.t('Report: {0}', studyName), { enableFindWidget: true }), file);
    return;
  }
  shown.refresh();
  shown.panel.reveal(undefined, false);
}

const stateSchema = z.looseObject({ file: z.string().check(z.minLength(1)) });

/** A panel whose page kept no state is closed. */
export function restoreReport(parts: CoreParts, panel: vscode.WebviewPanel, state: unknown): void {
  const kept = stateSchema.safeParse(state);
  if (!kept.success) {
    panel.dispose();
    return;
  }
  adoptPanel(parts, FRAME, panel);
  fill(parts, panel, kept.data.file);
}

/** The report that has the focus, or the only one. */
export function activeReport(): string | undefined {
  return (open.find(({ panel }) => panel.active) ?? open[0])?.file;
}

const messageSchema = z.object({ action: z.enum(['openExternally', 'makeAgain']) });

function fill(parts: CoreParts, panel: vscode.WebviewPanel, file: string): void {
  const { log } = parts;
  let shown = '';

  async function refresh(): Promise<void> {
    const html = await pageOf(parts, file);
    // Each page has a nonce of its own.
    const same = html.replace(/nonce[-="]+[\w-]+/g, '');
    if (same === shown) return;
    shown = same;
    panel.webview.html = html;
  }
  const refreshSoon = (): void => {
    if (panel.visible) refresh().catch((error: unknown) => log.error(`${file}: ${String(error)}`));
  };

  panel.webview.options = { enableScripts: true, localResourceRoots: [] };
  const watcher = vscode.workspace.createFileSystemWatcher(
    new vscode.RelativePattern(vscode.Uri.file(dirname(file)), basename(file)),
  );
  const owned = vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(refreshSoon),
    watcher.onDidChange(refreshSoon),
    watcher.onDidDelete(refreshSoon),
    panel.onDidChangeViewState(refreshSoon),
    parts.runStore.onDidChange(refreshSoon),
    vscode.workspace.onDidGrantWorkspaceTrust(refreshSoon),
    panel.webview.onDidReceiveMessage(async (message: unknown) => {
      const parsed = messageSchema.safeParse(message);
      if (parsed.data?.action === 'openExternally') await openExternally(file);
      if (parsed.data?.action === 'makeAgain') {
        await vscode.commands.executeCommand(COMMANDS.openReport, subjectOf(parts, file));
      }
    }),
  );
  setPanelStudy(panel, () => runOf(parts, file)?.studyFile);
  const entry = { file, panel, refresh: refreshSoon };
  open = [entry, ...open];
  panel.onDidDispose(() => {
    owned.dispose();
    open = open.filter((each) => each !== entry);
  });
  refreshSoon();
}

async function pageOf(parts: CoreParts, file: string): Promise<string> {
  // Only then is it known whose report it is.
  await parts.runStore.ready;
  const makeAgain: Button = { action: 'makeAgain', text: vscode.l10n.t('Make Again') };
  const canBeMade = vscode.workspace.isTrusted && subjectOf(parts, file) !== undefined;
  const page: PanelPage = {
    file,
    language: vscode.env.language,
    barName: vscode.l10n.t('Report'),
    buttons: canBeMade ? [makeAgain] : [],
  };
  const path = vscode.workspace.asRelativePath(file);
  try {
    const text = await readFile(file, 'utf8');
    const externally: Button = { action: 'openExternally', text: vscode.l10n.t('Open Externally') };
    if (isReport(text))
      return reportPage(text, { ...page, buttons: [...page.buttons, externally] }, vscode.workspace.isTrusted);
    const wrong = vscode.l10n.t('{0} is not a whole page as EpochLens writes it.', path);
    return messagePage(vscode.l10n.t('The report is damaged'), wrong, page);
  } catch (error) {
    return errorCode(error) === 'ENOENT'
      ? messagePage(vscode.l10n.t('The report is gone'), vscode.l10n.t('There is no {0} any more.', path), page)
      : messagePage(vscode.l10n.t('The report cannot be read'), String(error), page);
  }
}

/** The run that it is of, or the study of several models; undefined where they are gone. */
function subjectOf(parts: CoreParts, file: string): string | undefined {
  return parts.runStore.find(dirname(file))?.folder ?? runOf(parts, file)?.studyFile;
}

/** The run that it is of, or one of several. */
function runOf({ runStore }: CoreParts, file: string): RunSummary | undefined {
  return runStore.find(dirname(file)) ?? runStore.runs().find((each) => studyReportPath(each) === file);
}
