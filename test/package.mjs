/** Packages the extension and checks that what it needs is in it, and nothing else. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const file = join(root, 'out', 'epochlens.vsix');
const LARGEST_MEGABYTES = 15;
/** Of what VS Code loads before the extension is active, and of what a page loads before its charts. */
const LARGEST_KILOBYTES = { extension: 350, page: 300 };
const PAGES = ['drift', 'gallery', 'heatmaps', 'metrics', 'misclassified', 'robustness', 'runsTable', 'sweep', 'trust'];
const NEEDED = [
  'package.json',
  'package.nls.json',
  'package.nls.de.json',
  'l10n/bundle.l10n.de.json',
  'dist/extension.js',
  'dist/engine.js',
  'dist/worker.js',
  'dist/augment.js',
  'dist/cli.js',
  'dist/pictures.js',
  'dist/setup.js',
  'dist/webview/echarts.js',
  'dist/epochlens-kernels.wasm',
  'dist/NOTICES.txt',
  'media/python/epochlens.py',
  'media/docs/panels.md',
  'media/docs/troubleshooting.md',
  'media/docs/promises.md',
  'media/docs/pictures/epochs.webp',
  'SECURITY.md',
];
const UNWANTED = /^(src|test|webview|out)\/|(^|\/)(node_modules|\.epochlens)\/|\.ts$|\.map$/;

function run(program, args) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stdout}${stderr}`);
  return stdout;
}

/** The bytes of a page's module and of those that it imports. */
function firstLoad(page) {
  const files = new Set([join(root, 'dist', 'webview', `${page}.js`)]);
  for (const file of files)
    for (const [, path] of readFileSync(file, 'utf8').matchAll(/(?:from|import)"(\.{1,2}\/[^"]+\.js)"/g))
      files.add(join(dirname(file), path));
  return [...files].reduce((sum, file) => sum + statSync(file).size, 0);
}

function checkSizes() {
  const extension = statSync(join(root, 'dist', 'extension.js')).size;
  const sizes = [['extension', extension, LARGEST_KILOBYTES.extension]];
  for (const page of PAGES) sizes.push([page, firstLoad(page), LARGEST_KILOBYTES.page]);
  console.log(sizes.map(([name, bytes]) => `${name} ${(bytes / 1e3).toFixed(0)} kB`).join(', '));
  for (const [name, bytes, most] of sizes)
    if (bytes > most * 1e3) problems.push(`too large: ${name}, ${(bytes / 1e3).toFixed(0)} kB of ${most}`);
}

const problems = [];
mkdirSync(dirname(file), { recursive: true });
rmSync(file, { force: true });
run(process.execPath, ['esbuild.mjs', '--production', '--quiet']);
try {
  checkSizes();
  const vsce = join(root, 'node_modules', '.bin', 'vsce');
  const files = run(vsce, ['ls', '--no-dependencies']).trim().split('\n');
  for (const name of NEEDED) if (!files.includes(name)) problems.push(`missing: ${name}`);
  for (const name of files) if (UNWANTED.test(name)) problems.push(`unwanted: ${name}`);
  // The pictures of the README are in the package: no repository has to serve them.
  run(vsce, ['package', '--no-dependencies', '--no-rewrite-relative-links', '--out', file]);
  const megabytes = statSync(file).size / 1e6;
  console.log(`out/epochlens.vsix: ${files.length} files, ${megabytes.toFixed(2)} MB`);
  if (megabytes > LARGEST_MEGABYTES) problems.push(`too large: ${megabytes.toFixed(1)} MB`);
} catch (error) {
  problems.push(error.message);
}
for (const problem of problems) console.error(problem);
process.exit(problems.length === 0 ? 0 : 1);
