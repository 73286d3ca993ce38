/** A panel bound to runs, and what each kind of them says that is its own. */
import type * as vscode from 'vscode';
import type { z } from 'zod';
import type { Contract, EventName, EventValue, Handlers } from '../../protocol/contract';
import type { PanelSource, PanelView } from '../../protocol/panelView';
import type { ExportKind, RunPanelHost, runPanelRequests } from '../../protocol/runPanel';
import type { PanelId } from '../ids';
import type { RunSummary } from '../runs/runSummary';
import type { PageConnection } from '../webview/connection';

/** A kind of panel. It says what its page may ask and is told beyond what every page may. */
export interface PanelKind<Host extends RunPanelHost, Page extends Contract> {
  readonly viewType: PanelId;
  /** Of its page, `dist/webview/NAME.js`, and of its tab's icons, `media/NAME-light.svg` and `media/NAME-dark.svg`. */
  readonly name: string;
  /** By what it shows; of undefined until that is known. */
  readonly title: (view: PanelView | undefined) => string;
  /** Where a new one opens; beside what has the focus by default. */
  readonly column?: () => vscode.ViewColumn;
  readonly host: Host;
  readonly page: Page;
  readonly begin: (panel: RunPanel<Host, Page>) => OwnPart<Host>;
}

/** What one panel of a kind does beside what all panels do. */
export interface OwnPart<Host extends RunPanelHost> {
  readonly answers: Omit<Handlers<Host>, keyof typeof runPanelRequests>;
  /** The page has been told what there is to show, or has it already: now it is told what belongs to it. */
  readonly afterView?: () => Promise<void>;
  /** Disposed with the panel. */
  readonly subscriptions?: readonly vscode.Disposable[];
}

/** What is known of a panel of any kind. */
export interface BoundPanel {
  readonly webviewPanel: vscode.WebviewPanel;
  readonly source: PanelSource;
  /** The study file that it shows, as far as one is known. */
  readonly studyFile: string | undefined;
  /** The run that is meant now. */
  readonly run: RunSummary | undefined;
  /** What there was to show when it was last looked at. */
  readonly view: PanelView | undefined;
  readonly setSource: (next: PanelSource) => void;
  /** Something may have changed: looks soon, and tells the page if so. */
  readonly update: () => void;
  /** @throws RequestError where the page asks about another run than the one it shows, or there is none */
  shownRun(asked?: string): RunSummary;
  /** Asks where, and saves there what is rendered. @returns undefined where the person decides against it */
  save(what: Exported): Promise<vscode.Uri | undefined>;
}

export interface Exported {
  readonly kind: ExportKind;
  /** Of the file, after the study's: "heatmaps". */
  readonly name: string;
  /** Of the dialog for numbers: "Save the numbers" by default. */
  readonly numbersTitle?: string;
  /** Asked for where it is not given. */
  readonly target?: vscode.Uri | undefined;
  readonly render: () => Promise<{ readonly bytes: Uint8Array }>;
}

export interface RunPanel<Host extends RunPanelHost, Page extends Contract> extends BoundPanel {
  readonly page: PageConnection<Host, Page>;
  /** The person asks to see this. The page hears of it as soon as it is there, and knows what it shows. */
  show(wish: Wish<Host>): void;
  /** Tells the page what it was not told already since it was loaded. */
  tellIfNew<N extends EventName<Host>>(name: N, value: EventValue<Host, N>): void;
}

/** What may be asked to be shown: the event "show" of the kind, where it has one. */
export type Wish<Host extends RunPanelHost> = Host['events'] extends { readonly show: infer Show extends z.ZodType }
  ? z.output<Show>
  : never;
