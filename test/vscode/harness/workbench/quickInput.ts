/** The box at the top: command palette, quick open, quick picks, input boxes and the simple file dialog. */
import type { Locator, Page } from 'playwright-core';
import { succeeds } from '../../../../src/common/succeeds';

export interface QuickInput {
  /** Waits until the box is there, and with `title` until it has that title. */
  readonly waitFor: (title?: string) => Promise<void>;
  /** Opens the box with this text: after `>` a command, after `:` a line, else a file. */
  readonly open: (text: string) => Promise<void>;
  readonly type: (text: string) => Promise<void>;
  /** The labels of the entries that are shown. */
  readonly labels: () => Promise<string[]>;
  /** Chooses the entry with exactly this label, or the first that fits. */
  readonly choose: (label: string | RegExp) => Promise<void>;
  /** Types, then presses Enter. */
  readonly accept: (text?: string) => Promise<void>;
  /** Answers VS Code's own file dialog, for opening or for saving, with an absolute path. */
  readonly chooseFile: (path: string) => Promise<void>;
  /** The same where a folder is asked for. */
  readonly chooseFolder: (path: string) => Promise<void>;
  readonly cancel: () => Promise<void>;
  /** Runs a command by its title, category included, as the command palette shows it. */
  readonly runCommand: (title: string) => Promise<void>;
  /** Whether the command palette offers a command. */
  readonly offersCommand: (title: string) => Promise<boolean>;
}

/** A row's first line; its detail is another label. */
const LABEL = '.quick-input-list-entry .quick-input-list-row:first-child .label-name';

export function quickInput(page: Page): QuickInput {
  const widget = page.locator('.quick-input-widget');
  const input = widget.locator('.quick-input-box input:not([type="checkbox"])');
  const rows = widget.locator('.quick-input-list .monaco-list-row');
  const row = (label: string | RegExp): Locator =>
    rows.filter({ has: page.locator(LABEL).filter({ hasText: exactly(label) }) });
  const open = async (text: string): Promise<void> => {
    // A page in a webview keeps the key to itself while it loads, and closes the box where it then takes the focus.
    do {
      // F1 toggles: a box that is still open would be closed.
      if (await widget.isVisible()) await page.keyboard.press('Escape');
      await widget.waitFor({ state: 'hidden' });
      await page.keyboard.press('F1');
    } while (!(await succeeds(input.fill(text, { timeout: 3000 }))));
  };
  // The palette lists what was known when it opened: in a new window it is opened again until it has the command.
  const search = async (title: string, attempts: number): Promise<boolean> => {
    for (let attempt = 1; attempt <= attempts; attempt++) {
      await open(`>${title}`);
      if (await succeeds(row(title).first().waitFor({ timeout: 1000 }))) return true;
    }
    return false;
  };
  // Once it has read its folder the dialog writes that into the box, over what may have been typed meanwhile.
  const fillPath = async (path: string): Promise<void> => {
    await widget.waitFor();
    while (!(await input.inputValue()).startsWith('/')) await page.waitForTimeout(50);
    await rows.first().waitFor();
    while ((await input.inputValue()) !== path) {
      await input.fill(path);
      await page.waitForTimeout(200);
    }
  };
  return {
    waitFor: async (title) => {
      await widget.waitFor();
      if (title !== undefined) await widget.locator('.quick-input-title').filter({ hasText: title }).waitFor();
    },
    open,
    type: (text) => input.fill(text),
    labels: () => rows.locator(LABEL).allInnerTexts(),
    choose: (label) => row(label).first().click(),
    accept: async (text) => {
      await input.waitFor();
      if (text !== undefined) await input.fill(text);
      await input.press('Enter');
    },
    chooseFile: async (path) => {
      await fillPath(path);
      // While the dialog looks at the path it does not hear the key.
      for (let tries = 0; tries < 5; tries++) {
        await input.press('Enter', { timeout: 1000 }).catch(() => undefined);
        if (await succeeds(widget.waitFor({ state: 'hidden', timeout: 5000 }))) return;
      }
      throw new Error(`the dialog does not take ${path}`);
    },
    chooseFolder: async (path) => {
      await fillPath(`${path}/`);
      // The next question may come in the same box.
      while ((await input.inputValue({ timeout: 1000 }).catch(() => '')).startsWith('/')) {
        await widget
          .locator('.quick-input-action .monaco-button:visible')
          .first()
          .click({ timeout: 1000 })
          .catch(() => undefined);
        await page.waitForTimeout(300);
      }
    },
    cancel: async () => {
      await page.keyboard.press('Escape');
      await widget.waitFor({ state: 'hidden' });
    },
    runCommand: async (title) => {
      // What takes the focus meanwhile closes the palette: then nothing was run.
      do {
        if (!(await search(title, 15))) throw new Error(`the command palette does not have ${title}`);
      } while (!(await succeeds(row(title).first().click({ timeout: 5000 }))));
    },
    offersCommand: async (title) => {
      const offered = await search(title, 3);
      await page.keyboard.press('Escape');
      return offered;
    },
  };
}

/** A text stands for itself alone; a pattern for what it fits. */
export function exactly(text: string | RegExp): RegExp {
  if (text instanceof RegExp) return text;
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
}
