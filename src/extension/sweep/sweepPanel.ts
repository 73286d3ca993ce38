import * as vscode from 'vscode';
import * as z from 'zod/mini';
import {
  sweepHostContract,
  sweepPageContract,
  type SweepHostContract,
  type SweepPageContract,
  type SweepView,
} from '../../protocol/sweepPanel';
import { runPaths } from '../../runs/paths';
import type { CellProgress, SweepState } from '../../sweeps/sweepState';
import { PANELS } from '../ids';
import { studyFileOf, type RunTarget } from '../runs/target';
import type { PageConnection } from '../webview/connection';
import { connectPanel } from '../webview/connectPanel';
import { adoptPanel, openPanel, type PanelFrame } from '../webview/frame';
import { isGoing, tellingState } from './clusterTask';
import { changeByPage, openCell, runSweepAction } from './panelActions';
import { tailOf } from './sweepLog';
import type { SweepParts } from './sweepParts';
import { shownSweep } from './sweepView';

const FRAME: PanelFrame = { viewType: PANELS.sweep, name: 'sweep' };

/** There is one panel, which shows the sweep of one study. */
let open:
  | {
      readonly panel: vscode.WebviewPanel;
      readonly connection: PageConnection<SweepHostContract, SweepPageContract>;
      readonly show: (studyFile: string) => Promise<void>;
    }
  | undefined;

export async function showSweep(parts: SweepParts, target: RunTarget): Promise<void> {
  await parts.runStore.ready;
  const meant = studyFileOf(target);
  if (open === undefined) {
    connect(parts, openPanel(parts, FRAME, vscode.l10n.t('Sweep')), meant);
    return;
  }
  if (meant !== undefined) await open.show(meant);
  open.panel.reveal();
}

const keptSchema = z.object({ studyFile: z.optional(z.string()) });

export function restoreSweep(parts: SweepParts, panel: vscode.WebviewPanel, state: unknown): void {
  if (open !== undefined) {
    panel.dispose();
    return;
  }
  adoptPanel(parts, FRAME, panel);
  connect(parts, panel, keptSchema.safeParse(state).data?.studyFile);
}

function connect(parts: SweepParts, panel: vscode.WebviewPanel, meant: string | undefined): void {
  const { runStore, sweeps } = parts;
  let chosen = meant === undefined ? undefined : runStore.studyPath(meant);
  let told = '';

  const view = async (): Promise<SweepView> => {
    const now = await readView(parts, chosen);
    if (now.shown.kind !== 'noStudy') chosen = now.shown.study.studyFile;
    panel.title =
      now.shown.kind === 'noStudy' ? vscode.l10n.t('Sweep') : vscode.l10n.t('Sweep: {0}', now.shown.study.name);
    return now;
  };
  async function tell(): Promise<void> {
    const now = await view();
    const text = JSON.stringify(now);
    if (text === told) return;
    told = text;
    connection.tell('view', now);
  }
  async function show(studyFile: string): Promise<void> {
    chosen = runStore.studyPath(studyFile);
    await sweeps.reread(chosen);
    await tell();
  }
  const shown = (): SweepState => {
    const state = chosen === undefined ? undefined : sweeps.of(chosen);
    if (state === undefined) throw new Error(vscode.l10n.t('The study has no sweep any more.'));
    return state;
  };
  const cellOf = (id: string): CellProgress => {
    const found = shown().cells.find(({ cell }) => cell.id === id);
    if (found === undefined) throw new Error(vscode.l10n.t('The sweep has no such cell any more.'));
    return found;
  };

  const connection = connectPanel(parts, panel, {
    name: 'sweep',
    title: vscode.l10n.t('Sweep'),
    host: sweepHostContract,
    page: sweepPageContract,
    handlers: {
      async view() {
        await runStore.ready;
        chosen ??= (await sweepToShow(parts))?.studyFile;
        if (chosen !== undefined) await sweeps.reread(chosen);
        const now = await view();
        told = JSON.stringify(now);
        return now;
      },
      async choose({ studyFile }) {
        await show(studyFile);
        return null;
      },
      async change({ change }) {
        await changeByPage(parts, shown(), change);
        return null;
      },
      async run({ action }) {
        await runSweepAction(parts, action, chosen);
        return null;
      },
      async open({ id, what }) {
        await openCell(parts, cellOf(id), what);
        return null;
      },
      async log({ id }) {
        for (const file of logsOf(cellOf(id))) {
          const text = await tailOf(file);
          if (text !== undefined && text.trim() !== '') return { text };
        }
        return { text: null };
      },
    },
  });
  const soon = (): void => void tell();
  const watching = vscode.Disposable.from(
    sweeps.onDidChange(soon),
    runStore.onDidChange(soon),
    runStore.onDidMoveStudy(({ from, to }) => {
      if (chosen === from) void show(to);
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(soon),
  );
  open = { panel, connection, show };
  panel.onDidDispose(() => {
    open = undefined;
    watching.dispose();
  });
}

/** Of a cell's training, else of its task; of what the scheduler has ended its own first, which has the reason. */
function logsOf(progress: CellProgress): string[] {
  const ofRun = progress.run === undefined ? [] : [runPaths(progress.run).log];
  const ofTask = progress.task === undefined ? [] : [progress.task.log];
  return tellingState(progress) !== undefined && progress.state === 'failed'
    ? [...ofTask, ...ofRun]
    : [...ofRun, ...ofTask];
}

/** The one that runs, else the first. */
async function sweepToShow({ runStore, sweeps }: SweepParts): Promise<SweepState | undefined> {
  const all = await Promise.all(runStore.studies().map(({ file }) => sweeps.reread(file)));
  const states = all.filter((state) => state !== undefined);
  return states.find(isGoing) ?? states[0];
}

async function readView({ runStore, sweeps }: SweepParts, chosen: string | undefined): Promise<SweepView> {
  const studies = sweeps.all().map(({ studyFile, studyName }) => ({ studyFile, name: studyName }));
  const trusted = vscode.workspace.isTrusted;
  const entries = runStore.studies();
  const entry = entries.find(({ file }) => file === chosen) ?? entries[0];
  if (entry === undefined) return { shown: { kind: 'noStudy' }, studies, trusted };
  const study = { studyFile: entry.file, name: entry.name };
  const state = sweeps.of(entry.file);
  const problem = sweeps.problemOf(entry.file);
  if (problem !== undefined) return { shown: { kind: 'unreadable', study, problem }, studies, trusted };
  if (state === undefined) return { shown: { kind: 'noSweep', study }, studies, trusted };
  const { readQueue } = await import('../../sweeps');
  const jobs = (await readQueue(state.folder))?.jobs ?? null;
  const sweep = shownSweep(state, jobs, (folder) => runStore.find(folder));
  return { shown: { ...sweep, study }, studies, trusted };
}
