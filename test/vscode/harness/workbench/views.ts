/** The side bar: view containers, trees, and the explorer. */
import type { Locator, Page } from 'playwright-core';
import { succeeds } from '../../../../src/common/succeeds';
import { type Menu, menu } from './menu';

export interface Tree {
  /** The row of an item, by the beginning of its label, or a pattern for all that its row says. */
  readonly item: (label: string | RegExp) => Locator;
  /** The same, while it is selected. */
  readonly selected: (label: string | RegExp) => Locator;
  /** What the rows in sight say, label and description. */
  readonly texts: () => Promise<string[]>;
  readonly expand: (label: string | RegExp) => Promise<void>;
  readonly click: (label: string | RegExp) => Promise<void>;
  readonly menu: (label: string | RegExp, entry: string) => Promise<void>;
  readonly menuEntries: (label: string | RegExp) => Promise<string[]>;
  /** Clicks one of the buttons that a row shows under the pointer, by its title. */
  readonly action: (label: string | RegExp, title: string) => Promise<void>;
}

export interface Views {
  /** Opens a view container by its name in the activity bar. */
  readonly open: (container: string) => Promise<void>;
  /** A tree by its view's name; without a name the first in the side bar. */
  readonly tree: (view?: string) => Tree;
  readonly explorer: () => Tree;
  /** What an empty view says in place of a tree. */
  readonly welcome: () => Locator;
}

/** The side bar opens and closes in less. */
const SETTLE_MILLISECONDS = 250;

export function views(page: Page, menus: Menu = menu(page)): Views {
  const sideBar = page.locator('.part.sidebar');
  return {
    open: async (container) => {
      const entry = page.locator(`.part.activitybar .action-item:has(a[aria-label^="${container}"])`).first();
      const isOpen = async (): Promise<boolean> =>
        (await entry.evaluate((item) => item.classList.contains('checked'))) && (await sideBar.isVisible());
      // A click closes what has been opened meanwhile.
      while (!(await isOpen())) {
        await entry.click();
        await page.waitForTimeout(SETTLE_MILLISECONDS);
      }
    },
    tree: (view) => treeIn(page, menus, view === undefined ? sideBar : paneOf(page, sideBar, view)),
    explorer: () => treeIn(page, menus, page.locator('.explorer-folders-view')),
    welcome: () => sideBar.locator('.welcome-view-content:visible'),
  };
}

function paneOf(page: Page, sideBar: Locator, view: string): Locator {
  return sideBar.locator('.pane').filter({ has: page.locator(`.pane-header[aria-label^="${view} "]`) });
}

function treeIn(page: Page, menus: Menu, container: Locator): Tree {
  const rows = container.locator('.monaco-list-row[role="treeitem"]');
  const isFocused = (row: Locator): Promise<boolean> =>
    succeeds(row.and(page.locator('.focused')).waitFor({ timeout: 1000 }));
  const item = (label: string | RegExp): Locator =>
    typeof label === 'string'
      ? rows.and(page.locator(`[aria-label^="${label}"]`)).first()
      : rows.filter({ hasText: label }).first();
  return {
    item,
    selected: (label) => item(label).and(page.locator('[aria-selected="true"]')),
    texts: async () => (await rows.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim()),
    expand: async (label) => {
      const row = item(label);
      await row.waitFor();
      if ((await row.getAttribute('aria-expanded')) === 'true') return;
      await row.locator('.monaco-tl-twistie').click();
      await row.and(page.locator('[aria-expanded="true"]')).waitFor();
    },
    click: (label) => item(label).click(),
    // A tree that is refreshed moves its rows under the pointer; a click gives the row that it meets the focus.
    menu: (label, entry) => menus.choose(item(label), entry, () => isFocused(item(label))),
    menuEntries: (label) => menus.entries(item(label)),
    action: async (label, title) => {
      await item(label).hover();
      await item(label).locator(`.actions a[aria-label^="${title}"]`).click();
    },
  };
}
