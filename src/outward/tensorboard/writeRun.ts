/** A run's events in a folder of its own, brought to what is known of the run now. */
import { setTimeout } from 'node:timers/promises';
import { InputError } from '../../common/errors';
import { lockRun, type Run, type RunLock } from '../../runs';
import { beginOf, entriesOf, isPicture, pictureEntries } from './entries';
import { createEventFile, type Written } from './eventFile';

export interface RunWritten extends Written {
  /** Pictures that are there, and how many there would be if all heatmaps were kept; undefined where nobody looked. */
  readonly pictures?: { readonly count: number; readonly of: number };
  /** Why there are no pictures, where the data set could not be read. */
  readonly problem?: string;
}

const LOCK_MILLISECONDS = 5000;

/** @param folder of the run alone; it must be there */
export function createRunWriter(run: Run, folder: string) {
  const file = createEventFile({ folder, id: run.id, begin: beginOf(run) });

  async function whole(signal: AbortSignal): Promise<RunWritten> {
    const entries = await entriesOf(run);
    let problem: string | undefined;
    const pictures = await pictureEntries(run, signal).catch((error: unknown) => {
      if (!(error instanceof InputError)) throw error;
      problem = error.message;
    });
    // Those that are there stay where the images cannot be read.
    const wanted = [...entries, ...(pictures?.entries ?? [])];
    const written = await file.bring(wanted, pictures === undefined ? isPicture : undefined);
    return {
      ...(written ?? ((await file.bring(wanted)) as Written)),
      ...(pictures && { pictures: { count: pictures.entries.length, of: pictures.of } }),
      ...(problem === undefined ? {} : { problem }),
    };
  }

  return {
    /**
     * @param parts 'numbers' leaves pictures as they are: those of many images take long to draw
     * @throws InputError where another process writes for long, WorkError where the folder cannot be written into
     */
    async write(parts: 'numbers' | 'all', signal: AbortSignal): Promise<RunWritten> {
      const lock = await waitForLock(folder);
      try {
        const written = parts === 'all' ? undefined : await file.bring(await entriesOf(run), isPicture);
        return written ?? (await whole(signal));
      } finally {
        await lock.release();
      }
    },
  };
}
export type RunWriter = ReturnType<typeof createRunWriter>;

async function waitForLock(folder: string): Promise<RunLock> {
  const until = Date.now() + LOCK_MILLISECONDS;
  for (;;) {
    try {
      return await lockRun(folder, 'tensorboard');
    } catch (error) {
      if (!(error instanceof InputError) || Date.now() > until) throw error;
      await setTimeout(50 + 100 * Math.random());
    }
  }
}
