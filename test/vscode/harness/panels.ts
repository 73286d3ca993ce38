/** What the tests of panels bound to runs do alike. */
import type { Frame, Locator } from 'playwright-core';
import { succeeds } from '../../../src/common/succeeds';
import { holdEngine } from './heldEngine';
import { assertReadable } from './readable';
import { stateKept } from './storage';
import { until } from './until';
import type { Theme } from './workbench/look';
import type { Workbench } from './workbench/workbench';

/** Chooses in a dropdown of a page, by its label. */
export async function choose(frame: Frame, label: string, option: string): Promise<void> {
  const control = frame.locator(`vscode-dropdown[aria-label="${label}"]`);
  await control.click();
  await control.locator('vscode-option').filter({ hasText: option }).first().click();
}

/** Presses a key in a row until it has done its work: a row that is drawn anew at that moment does not hear it. */
export async function pressUntil(row: Locator, key: string, done: Locator): Promise<void> {
  await until(`${key} has done its work`, async () => {
    await row.press(key, { timeout: 5000 }).catch(() => undefined);
    return succeeds(done.first().waitFor({ timeout: 10_000 }));
  });
}

/** Chooses the explanation method of a panel that shows one at a time; undefined goes back to the study's. */
export async function chooseMethod(frame: Frame, name: string | undefined): Promise<void> {
  const holder = frame.locator('.popover-holder:has([aria-label="Explanation method"])');
  // A button does not open again what it has just closed.
  await new Promise((done) => setTimeout(done, 250));
  await holder.locator('> vscode-button').click();
  if (name === undefined) await holder.locator('vscode-button').filter({ hasText: "The study's" }).click();
  else await holder.getByText(name, { exact: true }).click();
  await frame.page().keyboard.press('Escape');
}

/** Opens the list and the map of layers. */
export async function openLayers(frame: Frame): Promise<Locator> {
  // A button does not open again what it has just closed.
  await new Promise((done) => setTimeout(done, 250));
  await frame.locator('.popover-holder:has([aria-label="Layer"]) > vscode-button').click();
  const chooser = frame.locator('.layer-chooser');
  await chooser.locator('.network-map').waitFor();
  return chooser;
}

/** Chooses in a page's menu what to save. */
export async function exportAs(frame: Frame, kind: 'PNG' | 'CSV'): Promise<void> {
  await frame.locator('vscode-button[aria-label="Save"]').click();
  await frame.locator('.menu-item').filter({ hasText: kind }).click();
}

export interface Stop {
  /** Makes it compute. @returns the banner that says so */
  readonly begin: () => Promise<Locator>;
  /** Cancelled once it has got as far as the banner says this; at once by default. */
  readonly after?: RegExp;
  readonly whenStopped?: () => Promise<unknown>;
}

/** Cancels what a banner says is computed, and goes on with it. @returns what it said in between */
export async function stopAndGoOn({ session }: Workbench, { begin, after, whenStopped }: Stop): Promise<string> {
  const { engine, begun: banner } = await holdEngine(session, begin);
  if (after !== undefined)
    await engine.workUntil(`the banner says ${String(after)}`, async () => after.test(await banner.innerText()));
  await banner.locator('vscode-button').filter({ hasText: 'Cancel' }).click();
  await banner.filter({ hasText: 'Stopped' }).waitFor();
  const said = await banner.innerText();
  await whenStopped?.();
  engine.release();
  await banner.locator('vscode-button').filter({ hasText: 'Continue' }).click();
  return said;
}

/** VS Code's image preview takes the focus once its picture is there, which would close a menu. */
export async function pictureFocused({ page, webviews }: Workbench): Promise<void> {
  await webviews.picture();
  await page.waitForFunction(() => document.activeElement instanceof HTMLIFrameElement);
}

/** Reloads the window once it has written down what its panels are to come back with. */
export async function reloadKept(workbench: Workbench): Promise<void> {
  const undo = await stateKept(workbench);
  await workbench.reload();
  await undo();
}

const OTHER_THEMES: readonly Theme[] = ['Default Light Modern', 'Default High Contrast', 'Default High Contrast Light'];

/** Demands that a panel in a window of 1500 × 950 can be read in every other theme and where it is narrow. */
export async function assertLooks(
  workbench: Workbench,
  frame: Frame,
  { name, narrow, others }: LooksOptions,
): Promise<void> {
  const check = async (look: string): Promise<void> => {
    await assertReadable(workbench.page, frame);
    await workbench.screenshot(`${name}-${look}`);
    await others?.(look);
  };
  for (const theme of OTHER_THEMES) {
    await workbench.setTheme(theme);
    await check(theme);
  }
  await workbench.setTheme('Default Dark Modern');
  await workbench.resize(...narrow);
  await check('narrow');
  await workbench.resize(1500, 950);
}

export interface LooksOptions {
  /** What its pictures are called by. */
  readonly name: string;
  /** The size of a small window. */
  readonly narrow: readonly [width: number, height: number];
  /** Looks at more of the panel in that look. */
  readonly others?: (look: string) => Promise<unknown>;
}
