/** What was added to a task's log since a turn of it began: by the scheduler's own programs, too. */
import { open, stat } from 'node:fs/promises';

/** @param path the log, which a template may have put elsewhere: then nothing is ever added */
export async function logOfTurn(path: string): Promise<() => Promise<string>> {
  const begin = await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
  return async () => {
    const file = await open(path).catch(() => undefined);
    if (file === undefined) return '';
    try {
      const { size } = await file.stat();
      const from = Math.max(begin, size - MOST_BYTES);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.max(0, size - from)), { position: from });
      return buffer.toString('utf8', 0, bytesRead);
    } catch {
      return '';
    } finally {
      await file.close();
    }
  };
}

/** Of a turn that has said much, its end. */
const MOST_BYTES = 64_000;
