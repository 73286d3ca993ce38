/** Context menus. */
import type { Locator, Page } from 'playwright-core';
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

export function menu(page: Page): Menu {
  // In a shadow root, which playwright's selectors look into.
  const items = page.locator('.monaco-menu .action-item:not(.disabled) .action-label:not(.separator)');
  return {
    choose: async (target, entry, isHit) => {
      await target.click({ button: 'right' });
      if (isHit !== undefined && !(await isHit())) {
        await page.keyboard.press('Escape');
        await target.click({ button: 'right' });
      }
      const path = entry.split(' > ');
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

/** A menu takes no clicks at first, lest the one that opened it choose something: clicks until it has closed. */
async function chooseEntry(item: Locator): Promise<void> {
  const hasClosed = (): Promise<boolean> =>
    item.waitFor({ state: 'hidden', timeout: CLOSING_MILLISECONDS }).then(
      () => true,
      () => false,
    );
  do await item.click({ timeout: 1000 }).catch(() => undefined);
  while (!(await hasClosed()));
}
