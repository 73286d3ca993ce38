/** What every page has: its channel, the state that outlives it, and a line that says how an action went. */
import { signal, type ReadonlySignal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import type { Contract, Handlers, Listeners } from '../../src/protocol/contract';
import type { Peer } from '../../src/protocol/peer';
import { announce } from './announce';
import { connectHost, persistState, readState } from './host';
import { loadTranslations } from './translations';

/** A message about an action, shown for a few seconds. */
export interface Note {
  readonly text: string;
  readonly failed: boolean;
}

export interface PageOptions<Page extends Contract, Host extends Contract, State> {
  readonly page: Page;
  readonly host: Host;
  readonly handlers: Handlers<Page>;
  readonly listeners?: Listeners<Host>;
  /** Checks the state that an earlier page kept, whatever it is. */
  readonly parseState: (value: unknown) => State;
}

export interface Page<Mine extends Contract, Host extends Contract, State> {
  readonly host: Peer<Mine, Host>;
  readonly state: ReadonlySignal<State>;
  readonly note: ReadonlySignal<Note | undefined>;
  /** Changes the state, which is also there after the page is hidden or the window reloaded. */
  readonly keep: (part: Partial<State>) => void;
  readonly say: (text: string, failed?: boolean) => void;
  /** Says a failure. */
  readonly attempt: (work: Promise<unknown>) => void;
  /** Like `attempt`, and says where something was saved. */
  readonly saving: (work: Promise<{ readonly saved: string | null }>) => void;
}

const KEEP_MILLISECONDS = 150;
const NOTE_MILLISECONDS = 6000;

export function createPage<Mine extends Contract, Host extends Contract, State extends object>(
  options: PageOptions<Mine, Host, State>,
): Page<Mine, Host, State> {
  loadTranslations();
  const state = signal(options.parseState(readState()));
  const note = signal<Note | undefined>(undefined);
  let keepTimer: ReturnType<typeof setTimeout> | undefined;
  let noteTimer: ReturnType<typeof setTimeout> | undefined;

  function say(text: string, failed = false): void {
    note.value = { text, failed };
    announce(text);
    clearTimeout(noteTimer);
    noteTimer = setTimeout(() => (note.value = undefined), NOTE_MILLISECONDS);
  }

  function attempt(work: Promise<unknown>): void {
    work.catch((error: unknown) => say(messageOf(error), true));
  }

  return {
    host: connectHost(options),
    state,
    note,
    say,
    attempt,
    keep(part) {
      state.value = { ...state.peek(), ...part };
      // At most a few times a second.
      clearTimeout(keepTimer);
      keepTimer = setTimeout(() => persistState(state.peek()), KEEP_MILLISECONDS);
    },
    saving(work) {
      attempt(
        work.then(({ saved }) => {
          if (saved !== null) say(l10n.t('Saved as {0}', saved));
        }),
      );
    },
  };
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
