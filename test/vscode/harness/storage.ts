/** What a window keeps in the browser, and gives back to its panels after a reload. */
import type { Page } from 'playwright-core';
import { until } from './until';
import type { Workbench } from './workbench/workbench';

/** Where VS Code writes down what is open, panels with their states, and how much room it has. */
const EDITORS = 'memento/workbench.parts.editor';
const CHANGE_ROOM = 'View: Toggle Secondary Side Bar Visibility';

/**
 * Waits until the window has written down all that it has shown until now, which it does when it loses the focus; what
 * it writes in its spare time may not come for minutes on a busy machine.
 * @returns undoes what that took
 */
export async function stateKept(workbench: Workbench): Promise<() => Promise<void>> {
  const { page, runCommand, refocus } = workbench;
  const before = await settled(workbench);
  await runCommand(CHANGE_ROOM);
  const written = async (): Promise<boolean> => {
    await refocus();
    return (await stored(page, EDITORS)) !== before;
  };
  await until('the window writes down its state', written);
  // Whether the room itself was written down depends on when.
  return async () => {
    if (await page.locator('.part.auxiliarybar').isVisible()) await runCommand(CHANGE_ROOM);
  };
}

/** More than a page waits before it hands over its state. */
const WRITING_MILLISECONDS = 500;

/** What is written down once nothing more comes: of a write that is still under way a later one could not be told. */
async function settled({ page, refocus }: Workbench): Promise<string> {
  let last: string | undefined;
  for (;;) {
    await page.waitForTimeout(WRITING_MILLISECONDS);
    await refocus();
    const now = await stored(page, EDITORS);
    if (now === last) return now;
    last = now;
  }
}

/** The values of a key in the window's databases, one for its folder and one for all. */
function stored(page: Page, key: string): Promise<string> {
  return page.evaluate(async (wanted) => {
    const resultOf = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error('the database cannot be read'));
      });
    const values: unknown[] = [];
    for (const { name = '' } of await indexedDB.databases()) {
      if (!name.startsWith('vscode-web-state-db-')) continue;
      const database = await resultOf(indexedDB.open(name));
      const store = database.transaction('ItemTable').objectStore('ItemTable');
      values.push(`${name}: ${String(await resultOf(store.get(wanted)))}`);
      database.close();
    }
    return values.join('\n');
  }, key);
}
