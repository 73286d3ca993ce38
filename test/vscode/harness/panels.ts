/** What the tests of panels bound to runs do alike. */
import type { Frame, Locator } from 'playwright-core';
import type { Theme } from './workbench/look';
import type { Workbench } from './workbench/workbench';

/** Chooses in a dropdown of a page, by its label. */
export async function choose(frame: Frame, label: string, option: string): Promise<void> {
  const control = frame.locator(`vscode-dropdown[aria-label="${label}"]`);
  await control.click();
  await control.locator('vscode-option').filter({ hasText: option }).first().click();
}

/** Cancels what a banner says is computed, and goes on with it. @returns what it said in between */
export async function stopAndGoOn(banner: Locator, whenStopped?: () => Promise<unknown>): Promise<string> {
  await banner.locator('vscode-button').filter({ hasText: 'Cancel' }).click();
  await banner.filter({ hasText: 'Stopped' }).waitFor();
  const said = await banner.innerText();
  await whenStopped?.();
  await banner.locator('vscode-button').filter({ hasText: 'Continue' }).click();
  return said;
}

/** Reloads the window once it has kept its state: in a browser VS Code writes that every five seconds. */
export async function reloadKept(workbench: Workbench): Promise<void> {
  await workbench.page.waitForTimeout(6000);
  await workbench.reload();
}

const OTHER_THEMES: readonly Theme[] = ['Default Light Modern', 'Default High Contrast'];

/** Photographs a window of 1500 × 950 in light, in high contrast, and narrow. */
export async function photographLooks(
  workbench: Workbench,
  narrow: readonly [width: number, height: number],
  photograph: (look: string) => Promise<unknown>,
): Promise<void> {
  for (const theme of OTHER_THEMES) {
    await workbench.setTheme(theme);
    await photograph(theme);
  }
  await workbench.setTheme('Default Dark Modern');
  await workbench.resize(...narrow);
  await photograph('narrow');
  await workbench.resize(1500, 950);
}
