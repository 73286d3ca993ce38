/** Editors, their tabs and their code lenses. */
import { basename } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { succeeds } from '../../../../src/common/succeeds';
import { until } from '../until';
import { type Menu, menu } from './menu';
import { exactly, type QuickInput } from './quickInput';

export interface Editors {
  /** Opens a file, by its absolute path, and waits for its tab to be the active one. */
  readonly open: (path: string) => Promise<void>;
  readonly tab: (title: string | RegExp) => Locator;
  readonly titles: () => Promise<string[]>;
  /** Right-clicks a tab and chooses an entry. */
  readonly tabMenu: (title: string, entry: string) => Promise<void>;
  /** A button in the bar above the active editor, by its label. */
  readonly action: (label: string) => Locator;
  readonly codeLens: (text: string | RegExp) => Locator;
  readonly clickCodeLens: (text: string | RegExp) => Promise<void>;
  /** The code lenses in sight, from top to bottom. */
  readonly codeLenses: () => Promise<string[]>;
  /** Puts the cursor there; counted from 1. */
  readonly goTo: (line: number, column?: number) => Promise<void>;
  /** Opens the quick fixes at the cursor, again while the one that is meant is not among them yet. */
  readonly quickFixes: (wanted: string | RegExp) => Promise<void>;
  readonly closeAll: () => Promise<void>;
}

export function editors(page: Page, input: QuickInput, menus: Menu = menu(page)): Editors {
  const tab = (title: string | RegExp): Locator =>
    page
      .locator('.tabs-container .tab')
      .filter({ has: page.locator('.label-name').filter({ hasText: exactly(title) }) });
  const codeLens = (text: string | RegExp): Locator =>
    page.locator('.codelens-decoration:visible a').filter({ hasText: text });
  return {
    open: async (path) => {
      await quickOpen(input, path);
      await tab(basename(path)).and(page.locator('.active')).first().waitFor();
    },
    tab,
    titles: () => page.locator('.tabs-container .tab .label-name').allInnerTexts(),
    tabMenu: (title, entry) => menus.choose(tab(title).first(), entry),
    action: (label) => page.locator(`.editor-group-container.active .editor-actions a[aria-label^="${label}"]`),
    codeLens,
    clickCodeLens: (text) => codeLens(text).first().click(),
    codeLenses: async () => (await page.locator('.codelens-decoration:visible a').allInnerTexts()).map((t) => t.trim()),
    goTo: (line, column = 1) => quickOpen(input, `:${String(line)}:${String(column)}`),
    quickFixes: (wanted) =>
      until(`the quick fix ${String(wanted)} is offered`, async () => {
        await page.keyboard.press('Escape');
        await page.keyboard.press('Control+.');
        return succeeds(page.getByText(wanted).waitFor({ timeout: 3000 }));
      }),
    closeAll: () => input.runCommand('View: Close All Editors'),
  };
}

async function quickOpen(input: QuickInput, text: string): Promise<void> {
  await input.open(text);
  await input.choose(text.startsWith(':') ? /.*/ : exactly(basename(text)));
}
