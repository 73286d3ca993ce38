/** Context menus. */
import type { Locator, Page } from 'playwright-core';
import { succeeds } from '../../../../src/common/succeeds';
import { exactly } from './quickInput';

export interface Menu {
  /**
   * Right-clicks there and chooses an entry; of a submenu with `>` between: `Share > Copy`.
   * @param isHit whether the menu is of what was meant; once more is clicked where it is not
   */
  readonly choose: (target: Locator, entry: string, isHit?: () => Promise<boolean>) => Promise<void>;
  /** Right-clicks there, reads the entries, and closes the menu. */
  readonly entries: (target: Locator) => Promise<string[]>;
}

/** How soon a menu closes once an entry is chosen, with time to spare. */
const CLOSING_MILLISECONDS = 400;
/** How long one takes to open on a loaded machine. */
const OPENING_MILLISECONDS = 4000;
const TRIES = 4;

export function menu(page: Page): Menu {
  // In a shadow root, which playwright's selectors look into.
  const items = page.locator('.monaco-menu .action-item:not(.disabled) .action-label:not(.separator)');
  return {
    choose: async (target, entry, isHit) => {
      const path = entry.split(' > ');
      const first = items.filter({ hasText: exactly(path[0] ?? '') }).last();
      await openMenu(
        page,
        target,
        async () => ((await isHit?.()) ?? true) && succeeds(first.waitFor({ timeout: OPENING_MILLISECONDS })),
      );
      for (const [depth, part] of path.entries()) {
        const item = items.filter({ hasText: exactly(part) }).last();
        await item.waitFor();
        if (depth < path.length - 1) await item.hover();
        else await chooseEntry(item);
      }
    },
    entries: async (target) => {
      await target.click({ button: 'right' });
      await items.first().waitFor();
      const texts = await items.allInnerTexts();
      await page.keyboard.press('Escape');
      return texts.map((text) => text.trim()).filter((text) => text !== '');
    },
  };
}

/** Right-clicks, and again while the menu that opens is of something else or none opens, as where rows are drawn anew. */
async function openMenu(page: Page, target: Locator, isMeant: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < TRIES; tries++) {
    await target.click({ button: 'right' });
    if (await isMeant()) return;
    await page.keyboard.press('Escape');
  }
  throw new Error(`no menu with the entry opened at the ${String(TRIES)} right-clicks on ${String(target)}`);
}

/** A menu takes no clicks at first, lest the one that opened it choose something: clicks until it has closed. */
async function chooseEntry(item: Locator): Promise<void> {
  const hasClosed = (): Promise<boolean> => succeeds(item.waitFor({ state: 'hidden', timeout: CLOSING_MILLISECONDS }));
  do await item.click({ timeout: 1000 }).catch(() => undefined);
  while (!(await hasClosed()));
}
