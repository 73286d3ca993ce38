/** Compiles the embedded engine's kernels. Called by the project's build. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const sourceFolder = join(dirname(fileURLToPath(import.meta.url)), 'assembly');

/** Writes the kernels' WebAssembly module to `outFile`. */
export async function buildKernels(outFile) {
  let binary;
  const { error, stderr } = await asc.main(
    [
      'index.ts',
      '--outFile',
      'kernels.wasm',
      '-O3',
      '--noAssert',
      '--converge',
      '--runtime',
      'stub',
      '--importMemory',
      '--enable',
      'simd',
      '--use',
      'abort=',
    ],
    {
      readFile: (name, baseDir) => readFile(join(sourceFolder, baseDir, name), 'utf8').catch(() => null),
      writeFile: (name, contents) => {
        if (name.endsWith('.wasm')) binary = contents;
      },
      listFiles: () => [],
    },
  );
  if (error !== null) throw new Error(`The embedded engine's kernels do not compile:\n${stderr.toString()}`);
  await mkdir(dirname(outFile), { recursive: true });
  await writeFile(outFile, binary);
}
