/** The facts of many runs, without keeping anybody else waiting. */
import { CancelledError, isReportedError } from '../../common/errors';
import { inParallel } from '../../common/inParallel';
import { yieldToEvents } from '../../common/yieldToEvents';
import type { RunFacts } from '../../comparison/facts';
import { readFacts } from './readFacts';

export interface ManyFacts {
  /** In the order of the folders. */
  readonly facts: readonly RunFacts[];
  /** Why runs cannot be shown, a sentence each. */
  readonly problems: readonly { readonly run: string; readonly problem: string }[];
}

export interface ReadingFacts {
  readonly onProgress?: ((done: number, of: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Files of a run are read together, and runs a few at a time: one that changed takes some milliseconds. */
const AT_ONCE = 2;

/**
 * Safe to call in the extension's host: between runs whoever waits has a turn.
 * @param folders absolute
 * @throws CancelledError
 */
export async function readManyFacts(
  folders: readonly string[],
  { onProgress, signal }: ReadingFacts = {},
): Promise<ManyFacts> {
  let done = 0;
  const problems: { run: string; problem: string }[] = [];
  const found = await inParallel(
    folders,
    async (folder): Promise<RunFacts | undefined> => {
      if (signal?.aborted === true) throw new CancelledError();
      try {
        return await readFacts(folder);
      } catch (error) {
        if (!isReportedError(error)) throw error;
        problems.push({ run: folder, problem: error.message });
        return undefined;
      } finally {
        onProgress?.(++done, folders.length);
        if (done % AT_ONCE === 0) await yieldToEvents();
      }
    },
    AT_ONCE,
  );
  return { facts: found.filter((facts) => facts !== undefined), problems };
}
