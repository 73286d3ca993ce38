/** Compiles the suites and what runs them into `out/test/vscode/`. */
import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');

const options = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  outdir: join(root, 'out', 'test', 'vscode'),
  sourcemap: 'linked',
  logLevel: 'warning',
  external: ['vscode', 'playwright-core', '@vscode/test-electron'],
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  define: { 'import.meta.url': '__bundleUrl' },
  banner: { js: "var __bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
  plugins: [suitesPlugin()],
};

/**
 * Builds `suite.js`, which VS Code loads, `main.js`, which drives windows, and `desktop.js`.
 *
 * @returns the programs that run them: in the VS Codes from npm, and in the desktop program
 */
export async function buildSuites() {
  await build({
    ...options,
    entryPoints: {
      suite: 'test/vscode/harness/insideEntry.ts',
      main: 'test/vscode/harness/main.ts',
      desktop: 'test/vscode/desktop.ts',
    },
  });
  return { program: join(options.outdir, 'main.js'), desktop: join(options.outdir, 'desktop.js') };
}

/** `import 'suites:driven'` imports every file of `suites/driven/`, so that adding a suite is adding a file. */
function suitesPlugin() {
  return {
    name: 'suites',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^suites:/ }, ({ path }) => ({ path: path.slice('suites:'.length), namespace: 'suites' }));
      onLoad({ filter: /.*/, namespace: 'suites' }, async ({ path }) => {
        const folder = join(here, 'suites', path);
        const names = existsSync(folder) ? (await readdir(folder)).filter((name) => name.endsWith('.ts')).sort() : [];
        return { contents: names.map((name) => `import './${name}';`).join('\n'), resolveDir: folder };
      });
    },
  };
}
