/** Packages the extension and checks that what it needs is in it, and nothing else. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const file = join(root, 'out', 'epochlens.vsix');
const LARGEST_MEGABYTES = 15;
const NEEDED = [
  'package.json',
  'package.nls.json',
  'package.nls.de.json',
  'l10n/bundle.l10n.de.json',
  'dist/extension.js',
  'dist/engine.js',
  'dist/worker.js',
  'dist/cli.js',
  'dist/epochlens-kernels.wasm',
  'dist/NOTICES.txt',
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

const problems = [];
mkdirSync(dirname(file), { recursive: true });
rmSync(file, { force: true });
run(process.execPath, ['esbuild.mjs', '--production', '--quiet']);
try {
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
