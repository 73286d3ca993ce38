/** The decoders' WebAssembly files, which the build copies beside the bundle. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** As {@link readWasmFile}. */
export async function compileWasmFile(name: string, specifier: string): Promise<WebAssembly.Module> {
  return WebAssembly.compile(await readWasmFile(name, specifier));
}

/** @param specifier how its package names the file, for sources that run unbundled */
export function readWasmFile(name: string, specifier: string): Promise<Buffer> {
  const beside = join(__dirname, name);
  return readFile(existsSync(beside) ? beside : createRequire(__filename).resolve(specifier));
}
