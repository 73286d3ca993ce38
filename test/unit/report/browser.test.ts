/** The report as a browser opens it from the disk: its policy lets it work, and a script that is not its own run nowhere. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderReport } from '../../../src/report/report';
import { findProgram } from '../../vscode/server/install';
import { reportContent, runContent } from './content';

const executablePath = process.env['CHROME_PATH'] ?? (await findProgram('chromium')) ?? (await findProgram('chrome'));

describe.skipIf(executablePath === undefined)('in a browser (skipped without Chromium)', () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'epochlens-report-'));
    browser = await chromium.launch({
      executablePath: executablePath as string,
      args: ['--no-sandbox', '--disable-gpu'],
    });
  });

  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  });

  /** What the page complained of, what it asked of others, and what a function says in it. */
  async function opened<T>(text: string, look: () => T): Promise<{ complaints: string[]; asked: string[]; seen: T }> {
    const file = join(folder, 'report.html');
    await writeFile(file, text);
    const page = await browser.newPage();
    const complaints: string[] = [];
    const asked: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('requestfinished', (request) => asked.push(request.url()));
    page.on('requestfailed', (request) => {
      if (request.failure()?.errorText !== 'csp') asked.push(request.url());
    });
    await page.goto(pathToFileURL(file).href);
    const seen = await page.evaluate(look);
    await page.close();
    return { complaints, asked: asked.filter((url) => !/^(?:file|data):/.test(url)), seen };
  }

  const pageScript = `(() => {
    const slider = document.getElementById('opacity');
    slider.value = '0.2';
    slider.dispatchEvent(new Event('input'));
    const root = getComputedStyle(document.documentElement);
    return {
      heat: root.getPropertyValue('--heat').trim(),
      charts: [...document.querySelectorAll('.chart svg')].every((svg) => svg.getBoundingClientRect().height > 50),
      images: [...document.images].every((image) => image.complete && image.naturalWidth > 0),
      legend: getComputedStyle(document.querySelector('.legend span')).borderTopWidth,
      font: getComputedStyle(document.body).fontSize,
    };
  })()`;

  it('works under its policy, and asks nobody for anything', async () => {
    const { complaints, asked, seen } = await opened(
      renderReport(reportContent()),
      pageScript as unknown as () => unknown,
    );
    expect(complaints).toEqual([]);
    expect(asked).toEqual([]);
    expect(seen).toEqual({ heat: '0.2', charts: true, images: true, legend: '3px', font: '15px' });
  });

  it('shows the tables of attention and robustness whole at 1,200 px, and scrolls them in their place below', async () => {
    const content = runContent();
    const { attention } = content;
    if (!attention.there) throw new Error('no attention');
    // The longest notes there are.
    const movement = { ...attention.value.numbers.epochs[0]!.fromLast, compared: 3 };
    const few = { mean: 0.25, n: 200, interval: null, intervalFrom: 25, withheld: 'fewChanges' } as const;
    const moved = { ...movement, spearman: few, topOverlap: few, centreShift: few };
    const epochs = [0, 1, 2].map((epoch) => ({
      ...attention.value.numbers.epochs[0]!,
      epoch,
      fromPrevious: moved,
      fromLast: moved,
      inMask: few,
    }));
    const numbers = { ...attention.value.numbers, epochs, maskArea: 0.2 };
    const long = { ...content, attention: { there: true, value: { ...attention.value, numbers } } } as const;
    const file = join(folder, 'wide.html');
    await writeFile(file, renderReport(reportContent(long)));
    for (const [width, scrolls] of [
      [1200, false],
      [700, true],
    ] as const) {
      const page = await browser.newPage({ viewport: { width, height: 900 } });
      await page.goto(pathToFileURL(file).href);
      const look = `({
        page: document.documentElement.scrollWidth - innerWidth,
        tables: ['attention', 'robustness'].map((id) =>
          [...document.querySelectorAll('#' + id + ' .scroll')].some((box) => box.scrollWidth > box.clientWidth)),
      })`;
      expect(await page.evaluate(look)).toEqual({ page: 0, tables: [scrolls, scrolls] });
      await page.close();
    }
  });

  it('runs no script and loads no picture that somebody puts into it', async () => {
    const foreign =
      '<script>document.title = "changed"</script><img src="x" onerror="document.title = \'changed\'">' +
      '<img src="http://127.0.0.1:9/a.png"><style>body { font-size: 99px }</style>';
    const text = renderReport(reportContent()).replace('<main>', `<main>${foreign}`);
    const look = '({ title: document.title, font: getComputedStyle(document.body).fontSize })';
    const { complaints, asked, seen } = await opened(text, look as unknown as () => { title: string; font: string });
    expect(seen).toMatchObject({ font: '15px' });
    expect(JSON.stringify(seen)).not.toContain('changed');
    expect(complaints.filter((text) => text.includes('Content Security Policy')).length).toBeGreaterThan(3);
    expect(asked).toEqual([]);
  });
});
