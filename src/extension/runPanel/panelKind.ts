/** A panel bound to runs, and what each kind of panel adds. */
import type * as vscode from 'vscode';
import type * as z from 'zod/mini';
import type { Contract, EventName, EventValue, Handlers } from '../../protocol/contract';
import type { PanelSource, PanelView } from '../../protocol/panelView';
import type { ExportKind, RunPanelHost, runPanelRequests } from '../../protocol/runPanel';
import type { RunSummary } from '../runs/runSummary';
import type { PageConnection } from '../webview/connection';
import type { PanelFrame } from '../webview/frame';
import type { FoundView } from './view';

/** A kind of panel, whose page is `dist/webview/NAME.js`, with its messages beyond those of every page. */
export interface PanelKind<Host extends RunPanelHost, Page extends Contract> extends PanelFrame {
  /** The tab's title for what the panel shows; called with undefined until that is known. */
  readonly title: (view: FoundView | undefined) => string;
  readonly host: Host;
  readonly page: Page;
  readonly begin: (panel: RunPanel<Host, Page>) => OwnPart<Host>;
}

/** What one panel of a kind does in addition to what all panels do. */
export interface OwnPart<Host extends RunPanelHost> {
  readonly answers: Omit<Handlers<Host>, keyof typeof runPanelRequests>;
  /** Called when the page knows the view: its own messages can follow. */
  readonly afterView?: () => Promise<void>;
  /** Disposed with the panel. */
  readonly subscriptions?: readonly vscode.Disposable[];
}

/** The state of a panel of any kind. */
export interface BoundPanel {
  readonly webviewPanel: vscode.WebviewPanel;
  readonly source: PanelSource;
  /** The study file that it shows, if one is known. */
  readonly studyFile: string | undefined;
  /** The run that it shows now. */
  readonly run: RunSummary | undefined;
  /** The view at the last look. */
  readonly view: PanelView | undefined;
  readonly setSource: (next: PanelSource) => void;
  /** Something may have changed: the panel looks soon, and tells the page of a change. */
  readonly update: () => void;
  /** @throws RequestError where the page asks about a run that is not shown, or no run is */
  shownRun(asked?: string): RunSummary;
  /**
   * Asks for a file, and saves the rendered content there.
   * @returns undefined if the person cancels
   */
  save(what: Exported): Promise<vscode.Uri | undefined>;
}

export interface Exported {
  readonly kind: ExportKind;
  /** The file's name after the study's: "heatmaps". */
  readonly name: string;
  /** The dialog's title for numbers; "Save the numbers" by default. */
  readonly numbersTitle?: string;
  /** The person is asked if it is absent. */
  readonly target?: vscode.Uri | undefined;
  readonly render: () => Promise<{ readonly bytes: Uint8Array }>;
}

export interface RunPanel<Host extends RunPanelHost, Page extends Contract> extends BoundPanel {
  readonly page: PageConnection<Host, Page>;
  /** The person asks to see this. The page is told as soon as it is loaded and knows the view. */
  show(wish: Wish<Host>): void;
  /** Sends the page what it has not been told since it was loaded. */
  sendIfNew<N extends EventName<Host>>(name: N, value: EventValue<Host, N>): void;
}

/** The parameters of the kind's event "show", where it has one. */
export type Wish<Host extends RunPanelHost> = Host['events'] extends { readonly show: infer Show extends z.ZodMiniType }
  ? z.output<Show>
  : never;
