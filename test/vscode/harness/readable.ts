/** Whether a panel can be read in the theme that the window has, and fits into its room. */
import assert from 'node:assert/strict';
import type { Frame, Page } from 'playwright-core';
import { until } from './until';

/**
 * Of text against what is behind it (WCAG 2.2, 1.4.3), and of a chart's darkest or lightest point, which is its text:
 * what another theme has drawn has less.
 */
const LEAST_CONTRAST = 4.5;
const BACKGROUND = '--vscode-editor-background';

/** Waits until the panel has the window's theme, then demands contrast of its texts and charts, and no sideways scrolling. */
export async function assertReadable(page: Page, frame: Frame): Promise<void> {
  const wanted = await page
    .locator('.monaco-workbench')
    .first()
    .evaluate((workbench, name) => getComputedStyle(workbench).getPropertyValue(name).trim(), BACKGROUND);
  const shown = (): Promise<string> =>
    frame.evaluate((name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim(), BACKGROUND);
  await until(`the panel has the background ${wanted}`, async () => (await shown()) === wanted);
  let faint: string[] = [];
  const reads = async (): Promise<boolean> => {
    faint = await frame.evaluate(faintIn, LEAST_CONTRAST);
    return faint.length === 0;
  };
  // Charts are drawn a moment after the theme has come.
  await until('the panel is readable', reads, 5).catch(() => undefined);
  assert.deepEqual(faint, [], `hard to read on ${wanted}`);
  assert.deepEqual(await frame.evaluate(mutedIn), [], 'controls whose names or states do not reach who listens');
  const beyond = await frame.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(beyond <= 0, `the page is ${String(beyond)} pixels wider than its room`);
}

/** Runs in the page: controls that a library has named otherwise, and buttons whose inner button lacks their state. */
function mutedIn(): string[] {
  const misnamed = document.querySelectorAll('[aria-label="Text field"], [aria-label^="This is a chart"]');
  const stateless = ['aria-expanded', 'aria-pressed'].flatMap((name) =>
    [...document.querySelectorAll(`vscode-button[${name}]`)].filter(
      (each) => each.shadowRoot?.querySelector('button')?.getAttribute(name) !== each.getAttribute(name),
    ),
  );
  return [...misnamed, ...stateless].map((each) => each.outerHTML.slice(0, 120));
}

/** Runs in the page: texts and charts with less contrast than is demanded, and how much they have. */
function faintIn(least: number): string[] {
  type Colour = readonly [number, number, number, number];
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
  const parsed = new Map<string, Colour>();
  const parse = (css: string): Colour => {
    const known = parsed.get(css);
    if (known !== undefined) return known;
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = css;
    context.fillRect(0, 0, 1, 1);
    const [r = 0, g = 0, b = 0, a = 0] = context.getImageData(0, 0, 1, 1).data;
    const colour: Colour = [r, g, b, a / 255];
    parsed.set(css, colour);
    return colour;
  };
  const over = (front: Colour, back: Colour): Colour => {
    const mix = (at: 0 | 1 | 2): number => front[at] * front[3] + back[at] * (1 - front[3]);
    return [mix(0), mix(1), mix(2), 1];
  };
  const luminance = (colour: Colour): number => {
    const [r = 0, g = 0, b = 0] = colour.slice(0, 3).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a: Colour, b: Colour): number => {
    const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
  };
  const ground = parse(getComputedStyle(document.documentElement).getPropertyValue('--vscode-editor-background'));
  /** The parts that are drawn around an element, shadow roots included, from the inside out. */
  const around = (element: Element): Element[] => {
    const chain: Element[] = [];
    for (let each: Element | null = element; each !== null;) {
      chain.push(each);
      const root: Node = each.getRootNode();
      each = each.assignedSlot ?? each.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
    }
    return chain;
  };
  const behind = (element: Element): Colour =>
    around(element)
      .reverse()
      .reduce((back, each) => over(parse(getComputedStyle(each).backgroundColor), back), ground);
  const isMeant = (element: Element): boolean =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    // What is disabled is faint on purpose; over a picture there is no one colour behind a text.
    around(element).every((each) => Number(getComputedStyle(each).opacity) === 1 && !each.matches('[disabled]')) &&
    element.closest('.cell, figure, .heat, .screen-reader-only') === null;
  const found = new Set<string>();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const [element, said] = [node.parentElement, (node.textContent ?? '').trim()];
    if (element === null || said === '' || !isMeant(element)) continue;
    const back = behind(element);
    const ratio = contrast(over(parse(getComputedStyle(element).color), back), back);
    if (ratio < least) found.add(`"${said.slice(0, 40)}" ${ratio.toFixed(2)}`);
  }
  for (const drawn of document.querySelectorAll<HTMLCanvasElement>('.chart canvas')) {
    if (!drawn.checkVisibility() || drawn.width === 0) continue;
    const back = behind(drawn);
    const { data } = (drawn.getContext('2d') as CanvasRenderingContext2D).getImageData(0, 0, drawn.width, drawn.height);
    let most = 1;
    for (let at = 0; at < data.length; at += 4) {
      if ((data[at + 3] as number) < 200) continue;
      const colour: Colour = [data[at] as number, data[at + 1] as number, data[at + 2] as number, 1];
      most = Math.max(most, contrast(colour, back));
    }
    if (most < least) found.add(`a chart ${most.toFixed(2)}`);
  }
  return [...found];
}
