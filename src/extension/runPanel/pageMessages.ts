/**
 * Sends messages to a page: an unchanged one only once, and a request to show something as soon as the page is ready.
 */
import type { Contract } from '../../protocol/contract';
import type { PanelView } from '../../protocol/panelView';
import type { PageConnection } from '../webview/connection';

/** The messages of a page whose contract is not known here, by their names. */
type AnyPage = Pick<PageConnection<Contract, Contract>, 'connected' | 'tell'>;

export interface PageMessages {
  /** Sends the message if it differs from the last one of this name. */
  readonly ifNew: (name: string, value: unknown) => void;
  /** The page was loaded, knows nothing, and is about to receive this view. */
  loaded(view: PanelView): void;
  /** Sends the event "show", when the pending request is sent. */
  setPending(wish: unknown): void;
  /** Sends the pending request, if there is one and the page can receive it. */
  sendPending(): void;
}

export function createPageMessages(page: () => AnyPage): PageMessages {
  /** The view that the page has. */
  const told = new Map<string, string>();
  let wish: unknown;

  function isNew(name: string, value: unknown): boolean {
    const text = JSON.stringify(value);
    const differs = told.get(name) !== text;
    told.set(name, text);
    return differs;
  }

  return {
    ifNew(name, value) {
      if (isNew(name, value)) page().tell(name, value);
    },
    loaded(view) {
      told.clear();
      isNew('view', view);
    },
    setPending(next) {
      wish = next;
    },
    sendPending() {
      if (wish === undefined || !page().connected) return;
      page().tell('show', wish);
      wish = undefined;
    },
  };
}
