/**
 * Bundling a program for VS Code as CommonJS, with a chunk for each `import()`. esbuild splits ES modules only, and VS
 * Code 1.90 cannot load those: so its modules are written as CommonJS, in which an `import()` is a `require`.
 */
import { build, transform } from 'esbuild';
import { writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { replaceFolder } from './pages.mjs';

/** @param options esbuild's, with one entry point; chunks go to a folder of its name in `outdir` */
export async function buildLazyProgram(options) {
  const { absWorkingDir, outdir } = options;
  const [name] = Object.keys(options.entryPoints);
  const result = await build({
    ...options,
    format: 'esm',
    splitting: true,
    chunkNames: `${name}/[name]-[hash]`,
    banner: {},
    sourcemap: 'inline',
    write: false,
  });
  const modules = new Map(result.outputFiles.map(({ path, text }) => [path, text]));
  const program = join(outdir, `${name}.js`);
  const eager = loadedAtOnce(program, result.metafile.outputs, absWorkingDir);
  await replaceFolder(join(outdir, name));
  for (const [path, text] of modules) {
    if (!path.endsWith('.js')) await writeFile(path, text);
    else if (!eager.includes(path)) await writeChunk(path, text, program, options);
    else if (path !== program) await writeFile(path, partOf(program, path));
  }
  await writeProgram(program, eager, modules, options);
  return result;
}

/** The program and the chunks that it imports, and those that they import. */
function loadedAtOnce(program, outputs, root) {
  const found = new Set([program]);
  for (const path of found) {
    const { imports } = outputs[relative(root, path).replaceAll('\\', '/')];
    for (const each of imports)
      if (each.kind === 'import-statement' && !each.external) found.add(join(root, each.path));
  }
  return [...found];
}

/** As one file, because VS Code loads one in a fifth of the time of thirty. */
async function writeProgram(program, eager, modules, { absWorkingDir, outdir, minify, sourcesContent, ...options }) {
  const { platform, target, external, logLevel } = options;
  const [, ...chunks] = eager.map((path) => `./${relative(outdir, path).replaceAll('\\', '/')}`);
  const contents = [
    `export * from './${basename(program)}';`,
    ...chunks.map((path) => `export * as ${partName(path)} from '${path}';`),
  ].join('\n');
  const bundled = {
    name: 'bundled',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.\.?\// }, ({ kind, path, resolveDir }) => {
        const file = resolve(resolveDir, path);
        return kind === 'dynamic-import'
          ? { path: `./${relative(outdir, file).replaceAll('\\', '/')}`, external: true }
          : { path: file };
      });
      onLoad({ filter: /\.js$/ }, ({ path }) => ({ contents: modules.get(path), resolveDir: dirname(path) }));
    },
  };
  await build({
    stdin: { contents, resolveDir: outdir, sourcefile: `${basename(program)}.parts` },
    outfile: program,
    // The modules go by the paths that they would have been written to.
    allowOverwrite: true,
    bundle: true,
    format: 'cjs',
    supported: { 'dynamic-import': false },
    sourcemap: 'linked',
    legalComments: 'inline',
    plugins: [bundled],
    ...{ absWorkingDir, platform, target, external, logLevel, minify, sourcesContent },
    ...bundleUrl(program, program, eager.map((path) => modules.get(path)).join('')),
  });
}

async function writeChunk(path, text, program, { target, minify, sourcesContent }) {
  const { code, map } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target,
    supported: { 'dynamic-import': false },
    minifyWhitespace: minify,
    minifySyntax: minify,
    sourcemap: 'external',
    sourcesContent,
    sourcefile: basename(path),
    ...bundleUrl(path, program, text),
  });
  await writeFile(path, `${code}//# sourceMappingURL=${basename(path)}.map\n`);
  await writeFile(`${path}.map`, map);
}

/** What a chunk of the program's own file is for other chunks. */
function partOf(program, path) {
  return `module.exports = require('../${basename(program)}').${partName(path)};\n`;
}

function partName(path) {
  return basename(path, '.js').replaceAll(/\W/g, '_');
}

/** Where the program lies, for code that asks for `import.meta.url`. */
function bundleUrl(path, program, code) {
  if (!code.includes('__bundleUrl')) return {};
  const place = JSON.stringify(relative(dirname(path), program).replaceAll('\\', '/'));
  const js = `var __bundleUrl = require('node:url').pathToFileURL(require('node:path').join(__dirname, ${place})).href;`;
  return { banner: path === program ? { js } : js };
}
