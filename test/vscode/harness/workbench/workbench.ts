/** A VS Code window, driven like a person drives it. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { PageOptions, Session } from '../session';
import { type Editors, editors } from './editors';
import { type Look, look } from './look';
import { type Menu, menu } from './menu';
import { type Dialog, dialog, type Notifications, notifications, type StatusBar, statusBar } from './messages';
import { type QuickInput, quickInput } from './quickInput';
import { type Traffic, watchTraffic } from './traffic';
import { type Views, views } from './views';
import { type Webviews, webviews } from './webviews';

export interface Workbench extends Look {
  /** For what has no word here. */
  readonly page: Page;
  readonly session: Session;
  /** The folder the window has open. */
  readonly folder: string;
  readonly quickInput: QuickInput;
  readonly editors: Editors;
  readonly views: Views;
  readonly menu: Menu;
  readonly notifications: Notifications;
  readonly dialog: Dialog;
  readonly statusBar: StatusBar;
  readonly webviews: Webviews;
  readonly traffic: Traffic;
  /** Runs a command by its title, through the command palette. */
  readonly runCommand: (title: string) => Promise<void>;
  /** Opens a file by its path within the folder. */
  readonly openFile: (path: string) => Promise<void>;
  /** Right-clicks the picture in the image preview that is open, and chooses an entry. */
  readonly pictureMenu: (entry: string) => Promise<void>;
  /** Reloads the window, and waits until its folder is back. */
  readonly reload: () => Promise<void>;
  /** Closes the window, with all that it runs itself, and opens it again once that is done. */
  readonly closeWhile: (work: () => Promise<void>) => Promise<void>;
  /** Takes the focus from the window and gives it back, as a person does who was in another program. */
  readonly refocus: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function openWorkbench(session: Session, folder: string, options: PageOptions = {}): Promise<Workbench> {
  let traffic: Traffic | undefined;
  const prepare = async (opened: Page): Promise<void> => {
    traffic = watchTraffic(opened);
    await options.prepare?.(opened);
  };
  const page = await session.openPage({ folder }, { ...options, prepare });
  // A window that is opened on a loaded machine may stay without its server.
  await waitUntilReady(page).catch(() => reload(page));
  const input = quickInput(page);
  const menus = menu(page);
  const open = editors(page, input, menus);
  const frames = webviews(page);
  return {
    page,
    session,
    folder,
    quickInput: input,
    editors: open,
    views: views(page, menus),
    menu: menus,
    notifications: notifications(page, input.runCommand),
    dialog: dialog(page),
    statusBar: statusBar(page),
    webviews: frames,
    traffic: traffic ?? watchTraffic(page),
    ...look(page, session, input),
    runCommand: input.runCommand,
    openFile: (path) => open.open(join(folder, path)),
    pictureMenu: async (entry) => menus.choose(await frames.picture(), entry),
    reload: () => reload(page),
    closeWhile: async (work) => {
      const address = page.url();
      await page.goto('about:blank');
      await session.endLeftovers();
      await work();
      await page.goto(address);
      await waitUntilReady(page).catch(() => reload(page));
    },
    refocus: async () => {
      await setFocus(page, false);
      await setFocus(page, true);
    },
    close: () => page.context().close(),
  };
}

/** To a page that is driven, it has the focus always. */
function setFocus(page: Page, focused: boolean): Promise<void> {
  return page.evaluate(async (has) => {
    document.hasFocus = () => has;
    window.dispatchEvent(new Event(has ? 'focus' : 'blur'));
    // VS Code takes the focus for lost once nothing else has got it in the same turn: this comes after.
    await new Promise((resolve) => setTimeout(resolve));
  }, focused);
}

async function reload(page: Page): Promise<void> {
  await page.reload();
  await waitUntilReady(page);
}

/** The workbench is drawn before it answers: the connection to the server is what makes the explorer say something. */
async function waitUntilReady(page: Page): Promise<void> {
  await page.locator('.monaco-workbench .part.statusbar').waitFor();
  await page.locator('.statusbar-item#status\\.problems').waitFor();
  await page
    .locator('.explorer-folders-view .monaco-list, .part.sidebar .monaco-list')
    .first()
    .waitFor({ state: 'attached' });
}
