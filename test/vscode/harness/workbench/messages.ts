/** What VS Code says by itself: notifications, modal dialogs, the status bar, problems. */
import type { Locator, Page } from 'playwright-core';
import { PATIENCE_MILLISECONDS } from '../patience';
import { exactly } from './quickInput';

export interface Notifications {
  /** Waits for a notification that says this. Of many, VS Code shows three: a test that makes more clears between. */
  readonly waitFor: (text: string | RegExp, milliseconds?: number) => Promise<Locator>;
  readonly texts: () => Promise<string[]>;
  /** Presses a button of the notification that says this. */
  readonly press: (text: string | RegExp, button: string) => Promise<void>;
  /** Closes them all. */
  readonly clear: () => Promise<void>;
}

/** Of more than three within 0.8 s, VS Code shows the rest in its list of notifications alone, which is then opened. */
const LISTING_MILLISECONDS = 10_000;

export function notifications(page: Page, runCommand: (title: string) => Promise<void>): Notifications {
  const shown = page.locator('.notifications-toasts, .notifications-center');
  const notification = (text: string | RegExp): Locator =>
    shown.locator('.notification-list-item').filter({ hasText: text }).first();
  const waitFor = async (text: string | RegExp, milliseconds = PATIENCE_MILLISECONDS): Promise<Locator> => {
    const found = notification(text);
    await found.waitFor({ timeout: LISTING_MILLISECONDS }).catch(() => runCommand('Notifications: Show Notifications'));
    await found.waitFor({ timeout: milliseconds });
    return found;
  };
  return {
    waitFor,
    texts: () => shown.locator('.notification-list-item-message').allInnerTexts(),
    press: async (text, button) => {
      const found = await waitFor(text);
      await found
        .locator('.monaco-button')
        .filter({ hasText: exactly(button) })
        .click();
    },
    clear: () => runCommand('Notifications: Clear All Notifications'),
  };
}

export interface Dialog {
  /** Waits for a modal dialog, and returns what it says. */
  readonly text: () => Promise<string>;
  readonly press: (button: string) => Promise<void>;
}

export function dialog(page: Page): Dialog {
  const box = page.locator('.monaco-dialog-box');
  return {
    text: () => box.locator('.dialog-message-container').innerText(),
    press: async (button) => {
      await box
        .locator('.monaco-button')
        .filter({ hasText: exactly(button) })
        .click();
      await box.waitFor({ state: 'hidden' });
    },
  };
}

export interface StatusBar {
  /** The first entry that says this. */
  readonly item: (text: string | RegExp) => Locator;
  readonly texts: () => Promise<string[]>;
  readonly click: (text: string | RegExp) => Promise<void>;
}

export function statusBar(page: Page): StatusBar {
  const items = page.locator('.part.statusbar .statusbar-item:visible');
  const item = (text: string | RegExp): Locator => items.filter({ hasText: text }).first();
  return {
    item,
    texts: async () => (await items.allInnerTexts()).map((text) => text.trim()).filter((text) => text !== ''),
    click: (text) => item(text).click(),
  };
}
