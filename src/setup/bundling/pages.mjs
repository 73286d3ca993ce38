import { build } from 'esbuild';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Bundles the pages as ES modules, with chunks for what several of them share. @param options esbuild's */
export async function buildPages(options) {
  const chunks = 'chunks';
  await replaceFolder(join(options.outdir, chunks));
  return build({ ...options, format: 'esm', splitting: true, chunkNames: `${chunks}/[name]-[hash]` });
}

/** Empties a folder of chunks, whose names change with their content. */
export async function replaceFolder(folder) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
}
