import { stat } from 'node:fs/promises';

/** A text that changes with a file: who has seen the file under this stamp has seen it as it is. */
export async function fileStamp(path: string): Promise<string> {
  const { dev, ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
  return `${path}:${dev}:${ino}:${size}:${mtimeNs}:${ctimeNs}`;
}
