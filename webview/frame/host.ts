/** The page's end of its channel to the extension. */
import type { Contract, Handlers, Listeners } from '../../src/protocol/contract';
import { envelopeSchema } from '../../src/protocol/page';
import { createPeer, type Peer } from '../../src/protocol/peer';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();

/** The state that this page kept before it was hidden or reloaded. It must be checked before use. */
export function readState(): unknown {
  return api.getState();
}

export function persistState(state: unknown): void {
  api.setState(state);
}

export interface PageOptions<Page extends Contract, Host extends Contract> {
  /** The handlers of this page, and the contract of the extension. */
  readonly page: Page;
  readonly host: Host;
  readonly handlers: Handlers<Page>;
  readonly listeners?: Listeners<Host>;
}

export function connectHost<Page extends Contract, Host extends Contract>(
  options: PageOptions<Page, Host>,
): Peer<Page, Host> {
  const page = crypto.randomUUID();
  const onWarning = (text: string, error?: unknown): void => console.warn(text, error ?? '');
  const peer = createPeer({
    mine: options.page,
    handlers: options.handlers,
    theirs: options.host,
    ...(options.listeners === undefined ? {} : { listeners: options.listeners }),
    send: (message) => api.postMessage({ page, message }),
    onWarning,
  });
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const envelope = envelopeSchema.safeParse(event.data);
    // A message to an earlier load of this page is dropped.
    if (envelope.success && envelope.data.page === page) peer.receive(envelope.data.message);
  });
  return peer;
}
