/**
 * The page of a panel bound to runs: its channel, its kept state, the view, and the line of progress and errors. Each
 * page adds its own content.
 */
import type { Contract, Handlers, Listeners } from '../../../src/protocol/contract';
import type { PanelSource, PanelView } from '../../../src/protocol/panelView';
import type { Peer } from '../../../src/protocol/peer';
import type { PanelAction, RunPanelHost } from '../../../src/protocol/runPanel';
import { createBanner, type Banner } from '../banner';
import { h } from '../dom';
import { connectHost, persistState, readState } from '../../frame/host';
import { noRunView } from './noRunView';

/** For the extension, which restores the panel from it. */
interface KeptState {
  readonly source?: PanelSource | null | undefined;
}

export interface RunPageOptions<Page extends Contract, Host extends RunPanelHost, State extends KeptState> {
  readonly page: Page;
  readonly host: Host;
  readonly handlers: Handlers<Page>;
  /** Handlers of the messages besides the view. */
  readonly listeners?: Omit<Listeners<Host>, 'view'>;
  readonly parseState: (value: unknown) => State;
  /** Clears choices that belong to one study's run. */
  readonly forget: (state: State) => Partial<State>;
  /** The panel's content, in the plural: "attention curves". */
  readonly shows: string;
  /** The things that are computed, in the plural, with how that is cancelled and continued. */
  readonly computes: { readonly things: string; readonly onCancel: () => void; readonly onResume: () => void };
  /** Called when the view has changed from `before`, which is undefined at first. */
  readonly onView: (view: PanelView, before: PanelView | undefined) => void;
}

export interface RunPage<Page extends Contract, Host extends RunPanelHost, State extends KeptState> {
  readonly host: Peer<Page, Host>;
  readonly state: State;
  /** Undefined before the first answer. */
  readonly view: PanelView | undefined;
  readonly banner: Banner;
  /** Shows why there is nothing to show, in place of the content. */
  readonly instead: HTMLElement;
  /** Keeps the state that must outlive this page. */
  readonly keep: (part: Partial<State>) => void;
  /** Requests the view, also after a failure. */
  readonly load: () => void;
  readonly chooseRun: (run: string | null) => void;
  readonly act: (action: PanelAction) => void;
  /** Reports a failure. */
  readonly attempt: (work: Promise<unknown>) => void;
  /** Like `attempt`, and reports where something was saved. */
  saving(work: Promise<{ readonly saved: string | null }>): void;
  /** What is shown while there is no run; undefined where there is one. */
  noRun(): HTMLElement | undefined;
  showInstead(element: HTMLElement | undefined): void;
}

const KEEP_MILLISECONDS = 150;

export function createRunPage<Page extends Contract, Host extends RunPanelHost, State extends KeptState>(
  options: RunPageOptions<Page, Host, State>,
): RunPage<Page, Host, State> {
  let state = options.parseState(readState());
  let view: PanelView | undefined;
  let saveTimer: ReturnType<typeof setTimeout> | undefined;

  const host = connectHost({
    page: options.page,
    host: options.host,
    handlers: options.handlers,
    // TypeScript cannot check that these are all messages of a generic contract.
    listeners: { ...options.listeners, view: showView } as unknown as Listeners<Host>,
  });
  /** The messages of every panel's contract. */
  const anyHost = host as unknown as Peer<Page, RunPanelHost>;
  const banner = createBanner({ ...options.computes, onOutput: () => act('showOutput') });
  const instead = h('div', { class: 'empty', hidden: true });

  /** At most a few times a second. */
  function keep(part: Partial<State>): void {
    state = { ...state, ...part };
    clearTimeout(saveTimer);
    saveTimer = setTimeout(() => persistState(state), KEEP_MILLISECONDS);
  }

  function showView(next: PanelView): void {
    const before = view;
    view = next;
    const isOther = next.kind === 'run' && before?.kind === 'run' && before.studyName !== next.studyName;
    keep({ ...(isOther ? options.forget(state) : {}), source: next.source } as Partial<State>);
    options.onView(next, before);
  }

  function attempt(work: Promise<unknown>): void {
    work.catch((error: unknown) => banner.say(error instanceof Error ? error.message : String(error), true));
  }

  function act(action: PanelAction): void {
    attempt(anyHost.request('run', { action }));
  }

  function load(): void {
    attempt(anyHost.request('view', {}).then(showView));
  }

  return {
    host,
    banner,
    instead,
    keep,
    load,
    act,
    attempt,
    get state() {
      return state;
    },
    get view() {
      return view;
    },
    chooseRun: (run) => attempt(anyHost.request('choose', { run })),
    saving(work) {
      attempt(
        work.then(({ saved }) => {
          if (saved !== null) banner.say(`Saved as ${saved}`);
        }),
      );
    },
    noRun() {
      return view?.kind === 'run' ? undefined : noRunView(view, { things: options.shows, run: act, retry: load });
    },
    showInstead(element) {
      instead.hidden = element === undefined;
      if (element === undefined) instead.replaceChildren();
      // Existing elements keep their focus.
      else if (element.textContent !== instead.textContent) instead.replaceChildren(element);
    },
  };
}
