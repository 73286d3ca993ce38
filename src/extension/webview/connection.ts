import * as vscode from 'vscode';
import type {
  Contract,
  EventName,
  EventValue,
  Handlers,
  Listeners,
  Params,
  Progress,
  RequestName,
  Result,
} from '../../protocol/contract';
import type { Failure } from '../../protocol/messages';
import { envelopeSchema } from '../../protocol/page';
import { createPeer, misfit, RequestError, type Peer, type RequestOptions } from '../../protocol/peer';
import { pageHtml, resourceRoots, type PageSource } from './html';

export interface ConnectionOptions<Host extends Contract, Page extends Contract> extends PageSource {
  readonly webview: vscode.Webview;
  /** The handlers of the extension, and the contract of the page. */
  readonly host: Host;
  readonly page: Page;
  readonly handlers: Handlers<Host>;
  readonly listeners?: Listeners<Page>;
  /** Called for refused messages and for defects in handlers. */
  readonly onWarning: (text: string, error?: unknown) => void;
}

export interface PageConnection<Host extends Contract, Page extends Contract> extends vscode.Disposable {
  /** Whether a page is loaded and has sent a message. */
  readonly connected: boolean;
  /** Fails as "gone" while no page is loaded. @throws RequestError */
  request<N extends RequestName<Page>>(
    name: N,
    params: Params<Page, N>,
    options?: RequestOptions<Progress<Page, N>>,
  ): Promise<Result<Page, N>>;
  /** Sends an event. It is dropped while no page is loaded, because a page requests what it needs when it loads. */
  tell<N extends EventName<Host>>(name: N, value: EventValue<Host, N>): void;
}

/**
 * Loads a page into a webview and exchanges messages with it. When the page is reloaded, open requests of its
 * predecessor are cancelled. Dispose it with the panel.
 */
export function connectPage<Host extends Contract, Page extends Contract>(
  options: ConnectionOptions<Host, Page>,
): PageConnection<Host, Page> {
  const { webview, onWarning } = options;
  let current: { readonly page: string; readonly peer: Peer<Host, Page> } | undefined;

  function peerOf(page: string): Peer<Host, Page> {
    if (current?.page === page) return current.peer;
    current?.peer.close(vscode.l10n.t('The page was loaded again.'));
    const peer = createPeer({
      mine: options.host,
      handlers: options.handlers,
      theirs: options.page,
      ...(options.listeners === undefined ? {} : { listeners: options.listeners }),
      failureOf,
      send: (message) => void webview.postMessage({ page, message }),
      onWarning,
    });
    current = { page, peer };
    return peer;
  }

  webview.options = { enableScripts: true, localResourceRoots: resourceRoots(options) };
  const subscription = webview.onDidReceiveMessage((raw: unknown) => {
    const envelope = envelopeSchema.safeParse(raw);
    if (envelope.success) peerOf(envelope.data.page).receive(envelope.data.message);
    else onWarning(`${options.name}: a message that is not understood${misfit(envelope.error)}`);
  });
  webview.html = pageHtml(webview, options);

  return {
    get connected() {
      return current !== undefined;
    },
    request(name, params, requestOptions) {
      if (current !== undefined) return current.peer.request(name, params, requestOptions);
      return Promise.reject(
        new RequestError({ reason: 'gone', message: vscode.l10n.t('{0} is not open.', options.title) }),
      );
    },
    tell(name, value) {
      current?.peer.notify(name, value);
    },
    dispose() {
      subscription.dispose();
      current?.peer.close(vscode.l10n.t('{0} was closed.', options.title));
      current = undefined;
    },
  };
}

/** The engine's failure is passed on to the page unchanged. */
function failureOf(error: unknown): Failure {
  if (error instanceof RequestError) return error.failure;
  return { reason: 'failed', message: error instanceof Error ? error.message : String(error) };
}
