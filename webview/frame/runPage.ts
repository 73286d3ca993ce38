/** The page of a panel bound to runs: besides what every page has, the view of its run. */
import { signal, type ReadonlySignal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import type { Explanation } from '../common/explanation';
import type { Contract, Listeners } from '../../src/protocol/contract';
import type { PanelSource, PanelView } from '../../src/protocol/panelView';
import type { Peer } from '../../src/protocol/peer';
import type { PanelAction, RunPanelHost } from '../../src/protocol/runPanel';
import { askNetworkMapsBy } from './layers/networkMaps';
import { createPage, type Page, type PageOptions } from './page';

/** For the extension, which restores the panel from it. */
interface KeptState {
  readonly source?: PanelSource | null | undefined;
}

export interface RunPageOptions<Mine extends Contract, Host extends RunPanelHost, State extends KeptState> extends Omit<
  PageOptions<Mine, Host, State>,
  'listeners'
> {
  /** Listeners to the events besides the view. */
  readonly listeners?: Omit<Listeners<Host>, 'view'>;
  /** Clears choices that belong to one study's run. */
  readonly forget: (state: State) => Partial<State>;
}

export interface RunPage<Mine extends Contract, Host extends RunPanelHost, State extends KeptState> extends Page<
  Mine,
  Host,
  State
> {
  /** Undefined before the first answer. */
  readonly view: ReadonlySignal<PanelView | undefined>;
  /** Asks for the view, also after a failure. */
  readonly load: () => void;
  /** @param run null for the newest */
  readonly chooseRun: (run: string | null) => void;
  readonly act: (action: PanelAction) => void;
  /** Writes how heatmaps are made into the study file. @param then what is done once it says so */
  readonly useInStudy: (explanation: Explanation, then: () => void) => void;
}

/** What the frame needs to know of any run page. */
export type AnyRunPage = Pick<
  RunPage<Contract, RunPanelHost, KeptState>,
  'view' | 'note' | 'load' | 'chooseRun' | 'act'
>;

export function createRunPage<Mine extends Contract, Host extends RunPanelHost, State extends KeptState>(
  options: RunPageOptions<Mine, Host, State>,
): RunPage<Mine, Host, State> {
  const view = signal<PanelView | undefined>(undefined);
  const page = createPage<Mine, Host, State>({
    ...options,
    // TypeScript cannot check that these are all events of a generic contract.
    listeners: { ...options.listeners, view: show } as unknown as Listeners<Host>,
  });
  /** The requests of every panel's contract. */
  const host = page.host as unknown as Peer<Mine, RunPanelHost>;

  function show(next: PanelView): void {
    const before = view.peek();
    const isOther = next.kind === 'run' && before?.kind === 'run' && before.studyName !== next.studyName;
    page.keep({ ...(isOther ? options.forget(page.state.peek()) : {}), source: next.source } as Partial<State>);
    view.value = next;
  }

  function load(): void {
    page.attempt(host.request('view', {}).then(show));
  }

  askNetworkMapsBy((run) => host.request('networkMap', { run }));
  load();
  return {
    ...page,
    view,
    load,
    chooseRun: (run) => page.attempt(host.request('choose', { run })),
    act: (action) => page.attempt(host.request('run', { action })),
    useInStudy(explanation, then) {
      const { method, parameters, layer } = explanation;
      page.attempt(
        host.request('useInStudy', { method, parameters: { ...parameters }, layer }).then(({ written }) => {
          then();
          page.say(
            written ? l10n.t('The study file says so now.') : l10n.t('The study file says so, once you save it.'),
          );
        }),
      );
    },
  };
}
