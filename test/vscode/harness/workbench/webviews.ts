/** Webviews: pages of an extension's own, each in a frame in a frame. */
import type { Frame, Locator, Page } from 'playwright-core';
import { PATIENCE_MILLISECONDS } from '../patience';

export interface Webviews {
  /**
   * Waits for the webview with this title, its panel's or its page's, and returns its inner frame. A webview that was
   * hidden, or was given new HTML, has a new frame.
   */
  readonly open: (title: string | RegExp, milliseconds?: number) => Promise<Frame>;
  /** Waits for the picture in VS Code's own image preview. */
  readonly picture: () => Promise<Locator>;
}

export function webviews(page: Page): Webviews {
  return {
    open: (title, milliseconds = PATIENCE_MILLISECONDS) =>
      waitForFrame(page, milliseconds, `webview ${String(title)}`, async (frame) => {
        const titles = [await frame.title(), await frameTitle(frame)];
        return titles.some((found) => (typeof title === 'string' ? found === title : title.test(found)));
      }),
    picture: async () => {
      const frame = await waitForFrame(page, PATIENCE_MILLISECONDS, 'image preview', async (each) => {
        return (await each.locator('body.container.image img').count()) > 0;
      });
      return frame.locator('img').first();
    },
  };
}

/** VS Code gives the inner frame the panel's title. */
async function frameTitle(frame: Frame): Promise<string> {
  const element = await frame.frameElement();
  return (await element.getAttribute('title')) ?? '';
}

async function waitForFrame(
  page: Page,
  milliseconds: number,
  what: string,
  fits: (frame: Frame) => Promise<boolean>,
): Promise<Frame> {
  const begin = Date.now();
  for (;;) {
    for (const frame of innerFrames(page)) {
      // A frame can go while it is looked at.
      if (await fits(frame).catch(() => false)) return frame;
    }
    if (Date.now() - begin > milliseconds) throw new Error(`no ${what} within ${String(milliseconds / 1000)} s`);
    await page.waitForTimeout(50);
  }
}

/** The pages that extensions have written: frames in a webview's frame, which is in VS Code's. */
function innerFrames(page: Page): Frame[] {
  return page.frames().filter((frame) => frame.parentFrame()?.parentFrame() === page.mainFrame());
}
