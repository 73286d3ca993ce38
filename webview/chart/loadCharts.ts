/**
 * Loading ECharts, a file of its own beside the pages' that the first chart asks for. VS Code serves files by a service
 * worker that may not be there yet (see askAgain), and a browser remembers for each address that a module did not come:
 * so each time the folder's address has one slash more, which names the same file.
 */
import type * as echarts from './echarts';

const WAIT_MILLISECONDS = 250;
const MOST_FAILURES = 40;

let loading: Promise<typeof echarts> | undefined;
let failures = 0;

/** All charts of a page wait for the same file. A later call after a failure asks again. */
export function loadCharts(): Promise<typeof echarts> {
  loading ??= load().finally(() => (loading = undefined));
  return loading;
}

async function load(): Promise<typeof echarts> {
  const page = document.querySelector<HTMLScriptElement>('script[type="module"][src]')?.src ?? '';
  const end = failures + MOST_FAILURES;
  for (;;) {
    const address = page.replace(/\/+[^/]*$/, `${'/'.repeat(failures + 1)}echarts.js`);
    try {
      return (await import(address)) as typeof echarts;
    } catch (error) {
      if (++failures >= end) throw error;
      await new Promise((resolve) => setTimeout(resolve, WAIT_MILLISECONDS));
    }
  }
}
