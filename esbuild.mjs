/**
 * Builds `dist/`: `node esbuild.mjs [--production] [--quiet]`. Types are not checked here; `npm run typecheck` does.
 *
 * Programs for Node become single CommonJS files, so that a packaged extension needs no node_modules. The extension and
 * the pages become files with chunks. An entry point whose source does not exist is skipped.
 */
import { build } from 'esbuild';
import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, readdir, stat } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { buildKernels } from './src/engine/wasm/build.mjs';
import { copyAddonSources } from './src/setup/native/addonSources.mjs';
import { buildLazyProgram } from './src/setup/bundling/lazyProgram.mjs';
import { buildPages } from './src/setup/bundling/pages.mjs';
import { packageFolderOf, writeNotices } from './src/setup/notices/notices.mjs';

const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, 'dist');
const require = createRequire(import.meta.url);
const production = process.argv.includes('--production');
const quiet = process.argv.includes('--quiet');

const programs = {
  cli: 'src/cli/main.ts',
  engine: 'src/engineProcess/main.ts',
  worker: 'src/computations/worker/main.ts',
  pictures: 'src/datasets/imageFolder/decoding/main.ts',
  augment: 'src/training/augmenting/main.ts',
  setup: 'src/setup/main.ts',
  code: 'test/vscode/server/main.ts',
  selftest: 'src/engine/selfTestMain.ts',
  bench: 'test/bench/main.ts',
  checkImages: 'test/checkImages/main.ts',
};

const shared = {
  absWorkingDir: root,
  bundle: true,
  minify: production,
  sourcemap: 'linked',
  // Stack traces reach people: the sources' names are enough, their text is not shipped.
  sourcesContent: !production,
  metafile: true,
  logLevel: 'warning',
  legalComments: 'linked',
};

const nodeOptions = {
  ...shared,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  outdir: dist,
  external: ['vscode', '*.node'],
  // Its main file asks for its parts by computed names, which no bundler can follow.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  // Kept, because errors are told apart by their class's name.
  keepNames: production,
  // Sources that ask where they are do so as ES modules do.
  define: { 'import.meta.url': '__bundleUrl' },
  banner: { js: "var __bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
};

/**
 * TensorFlow.js in one copy, as ES modules. By default tfjs-node's older classes would be bundled together with the
 * union package (layers, converters, browser backends), and could not extend the core's newer ones.
 */
const tensorflowjs = {
  name: 'tensorflowjs',
  setup({ onResolve }) {
    const packageFolder = (name) => dirname(require.resolve(`${name}/package.json`));
    onResolve({ filter: /^@tensorflow\/tfjs$/ }, () => ({ path: join(root, 'src/engine/tfjsUnion.ts') }));
    onResolve({ filter: /^@tensorflow\/tfjs-(core|backend-cpu|backend-wasm)$/ }, ({ path }) => ({
      path: join(packageFolder(path), 'dist/index.js'),
    }));
    // tfjs-node's TypeScript, which its package carries, in place of what it was compiled to for older JavaScript.
    onResolve({ filter: /^@tensorflow\/tfjs-node-gpu\/dist\/.+\.js$/ }, ({ path }) => {
      const name = path.slice('@tensorflow/tfjs-node-gpu/dist/'.length, -'.js'.length);
      return { path: join(packageFolder('@tensorflow/tfjs-node-gpu'), 'src', `${name}.ts`) };
    });
  },
};

async function buildPrograms() {
  const present = Object.entries(programs).filter(([, source]) => existsSync(join(root, source)));
  // Each on its own: what can be built is, also while another does not compile.
  const results = await Promise.allSettled(
    present.map(([name, source]) =>
      build({
        ...nodeOptions,
        entryPoints: { [name]: source },
        plugins: [tensorflowjs],
        ...(name === 'cli' ? { banner: { js: `#!/usr/bin/env node\n${nodeOptions.banner.js}` } } : {}),
      }),
    ),
  );
  if (existsSync(join(dist, 'cli.js'))) await chmod(join(dist, 'cli.js'), 0o755);
  return finished(results);
}

async function buildExtension() {
  const options = { ...nodeOptions, entryPoints: { extension: 'src/extension/extension.ts' } };
  return finished(await Promise.allSettled([buildLazyProgram(options)]));
}

async function buildWebviews() {
  // All pages at once, because they share chunks: where one does not compile, none is built.
  const folder = join(root, 'webview');
  const entries = (await readdir(folder)).flatMap((name) =>
    ['main.tsx', 'main.ts'].flatMap((file) => {
      const source = join('webview', name, file);
      return existsSync(join(root, source)) ? [[name, source]] : [];
    }),
  );
  const options = {
    ...shared,
    platform: 'browser',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    // ECharts by a name that a page can ask for again, see webview/chart/loadCharts.ts.
    entryPoints: { ...Object.fromEntries(entries), echarts: 'webview/chart/echarts.ts' },
    outdir: join(dist, 'webview'),
  };
  return finished(await Promise.allSettled([buildPages(options)]));
}

/** esbuild has printed what is wrong with the others. */
function finished(results) {
  if (results.some(({ status }) => status === 'rejected')) process.exitCode = 1;
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}

/** Decoders of pictures as WebAssembly, see `src/imageFiles`. */
const imageDecoders = [
  '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasm',
  '@cwasm/jpeg-turbo/jpeg-turbo.wasm',
  '@jsquash/webp/codec/dec/webp_dec.wasm',
];

/** Files that are opened at run time beside the bundle. */
async function copyAssets() {
  // The one module that Node uses: every Node this runs on has SIMD, and threads are switched off there.
  const wasm = join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'wasm-out');
  await copyFile(join(wasm, 'tfjs-backend-wasm-simd.wasm'), join(dist, 'tfjs-backend-wasm-simd.wasm'));
  await buildKernels(join(dist, 'epochlens-kernels.wasm'));
  const decoders = imageDecoders.map((module) => require.resolve(module));
  await Promise.all(decoders.map((path) => copyFile(path, join(dist, basename(path)))));
  await copyAddonSources(join(dist, 'native-src'));
}

/** Packages of which files are copied, and not bundled. */
const copiedPackages = ['@tensorflow/tfjs-backend-wasm', '@tensorflow/tfjs-node-gpu', 'node-api-headers'];

/** Of all that is bundled or copied. */
async function writeLicences(results) {
  const bundled = results
    .flatMap(({ metafile }) => Object.values(metafile.outputs))
    .flatMap(({ inputs }) => Object.keys(inputs));
  const copied = copiedPackages.map((name) => require.resolve(`${name}/package.json`));
  const decoders = imageDecoders.map((module) => require.resolve(module));
  const paths = [...bundled.map((path) => join(root, path)), ...copied, ...decoders];
  await writeNotices(
    join(dist, 'NOTICES.txt'),
    paths.map(packageFolderOf).filter((folder) => folder !== undefined),
  );
}

/** What VS Code completes and checks study files by: generated from what the program itself checks them by. */
async function generateSchema() {
  const script = join(root, 'out', 'generateSchema.cjs');
  const options = { ...nodeOptions, outdir: undefined };
  await build({ ...options, entryPoints: ['src/study/generateSchema.ts'], outfile: script });
  await promisify(execFile)(process.execPath, [script, join(root, 'media', 'study.schema.json')]);
}

async function report(results) {
  const outputs = results
    .flatMap(({ metafile }) => Object.keys(metafile.outputs))
    .filter((path) => path.endsWith('.js'));
  const sizes = await Promise.all(
    outputs
      .filter((path) => !/-[A-Z0-9]{8}\.js$/.test(path))
      .map(async (path) => `${basename(path)} ${((await stat(join(root, path))).size / 1e6).toFixed(2)} MB`),
  );
  console.log(`dist: ${sizes.join(', ')}`);
}

await mkdir(dist, { recursive: true });
const results = [...(await buildPrograms()), ...(await buildExtension()), ...(await buildWebviews())];
await copyAssets();
await writeLicences(results);
await generateSchema();
if (!quiet) await report(results);
