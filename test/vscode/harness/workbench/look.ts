/** How a window looks: its theme, its size, and pictures of it. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { SCREENSHOTS } from '../paths';
import type { Session } from '../session';
import type { QuickInput } from './quickInput';

/** The themes that every VS Code has: how each is called in the list, and the class it gives the window. */
const THEMES = {
  'Default Light Modern': { label: 'Light Modern', className: 'vs' },
  'Default Dark Modern': { label: 'Dark Modern', className: 'vs-dark' },
  'Default High Contrast': { label: 'Dark High Contrast', className: 'hc-black' },
  'Default High Contrast Light': { label: 'Light High Contrast', className: 'hc-light' },
} as const;

export type Theme = keyof typeof THEMES;

export interface Look {
  /** Changes the theme, and waits until the window has it. */
  readonly setTheme: (theme: Theme) => Promise<void>;
  readonly resize: (width: number, height: number) => Promise<void>;
  /** Photographs the window, into `out/screenshots/VERSION/NAME.png`, and returns the path. */
  readonly screenshot: (name: string) => Promise<string>;
}

export function look(page: Page, session: Session, input: QuickInput): Look {
  return {
    setTheme: async (theme) => {
      const { label, className } = THEMES[theme];
      await input.runCommand('Preferences: Color Theme');
      await input.waitFor();
      await input.type(label);
      await input.choose(label);
      await page.locator(`.monaco-workbench.${className}`).waitFor();
    },
    resize: async (width, height) => {
      // Left where it is, it would show what comes to lie under it.
      await page.mouse.move(0, 0);
      await page.setViewportSize({ width, height });
      // Two frames: VS Code lays out in one, webviews in the next.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    },
    screenshot: async (name) => {
      const folder = join(SCREENSHOTS, session.release.vscode);
      await mkdir(folder, { recursive: true });
      const path = join(folder, `${name.replace(/[^\w.-]+/g, '-')}.png`);
      await page.screenshot({ path });
      return path;
    },
  };
}
