/** ONNX files on disk, with the external data beside them. */
import { open, readFile, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { InputError } from '../common/errors';
import { networkFrom } from './build';
import { checkedModel } from './check';
import { loadExternal } from './external';
import type { ExternalData, OnnxNetwork, OnnxOptions } from './network';

/** As `readOnnx`, of a file with the external data beside it, none of which may lie outside its folder. */
export async function readOnnxFile(path: string, options: Omit<OnnxOptions, 'external'> = {}): Promise<OnnxNetwork> {
  const model = checkedModel(await readFile(path), path);
  return networkFrom(model, path, options, await loadExternal(model, path, besideFile(path)));
}

/** Reads within the folder of a file: no absolute path, no way up, no link that leads out. */
export function besideFile(path: string): ExternalData {
  return async (location, offset, length) => {
    const file = await withinFolder(path, location);
    const handle = await open(file);
    try {
      const { size } = await handle.stat();
      const bytes = new Uint8Array(Math.max(0, Math.min(length ?? size - offset, size - offset)));
      let read = 0;
      while (read < bytes.length) {
        const { bytesRead } = await handle.read(bytes, read, bytes.length - read, offset + read);
        if (bytesRead === 0) break;
        read += bytesRead;
      }
      return bytes.subarray(0, read);
    } finally {
      await handle.close();
    }
  };
}

async function withinFolder(path: string, location: string): Promise<string> {
  const leadsOut = (found: string) =>
    new InputError('an ONNX file whose weights lie outside its folder', {
      file: path,
      found,
      expected: 'files in its own folder, or below it',
    });
  const parts = location.split(/[\\/]/);
  if (location === '' || isAbsolute(location) || /^[A-Za-z]:/.test(location) || parts.includes('..'))
    throw leadsOut(location || 'no place');
  const folder = await realpath(dirname(path));
  const file = await realpath(join(folder, location)).catch((error: unknown) => {
    throw new InputError(
      'an ONNX file whose weights are missing',
      { file: path, found: `no file ${location} beside it` },
      { cause: error },
    );
  });
  const way = relative(folder, file);
  if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) throw leadsOut(`${location}, a link to ${file}`);
  return file;
}
