/** What a page is told: the same only once, and what it is to show as soon as it is there. */
import type { Contract } from '../../protocol/contract';
import type { PanelView } from '../../protocol/panelView';
import type { PageConnection } from '../webview/connection';

/** Of a page whose contract is not known here: events by their names. */
type AnyPage = Pick<PageConnection<Contract, Contract>, 'connected' | 'tell'>;

export interface Telling {
  /** Where it differs from what the page was told last under this name. */
  readonly ifNew: (name: string, value: unknown) => void;
  /** The page has been loaded, knows nothing, and is about to be given this view. */
  loaded(view: PanelView): void;
  /** It shall show this, by its event "show", when the wish is told. */
  setWish(wish: unknown): void;
  /** Where there is one, and a page to hear of it. */
  tellWish(): void;
}

export function createTelling(page: () => AnyPage): Telling {
  /** As the page knows it. */
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
    setWish(next) {
      wish = next;
    },
    tellWish() {
      if (wish === undefined || !page().connected) return;
      page().tell('show', wish);
      wish = undefined;
    },
  };
}
