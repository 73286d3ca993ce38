/**
 * Records in the workspace's storage which perturbation tests are being computed, so that a window that was reloaded or
 * closed knows which it did not finish. This file does not import `vscode`.
 */
import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../../../common/atomic';
import { makeFolder } from '../../../common/folders';
import { ownIdentity, processFate } from '../../../common/processes';
import type { Entry, PlannedTests } from './plannedTests';

export interface LeftTests extends PlannedTests {
  /** The record's file. */
  readonly file: string;
}

export interface TestLedger {
  /**
   * Records that tests begin, if the record can be written.
   * @returns a function that records that they have ended
   */
  begin(tests: PlannedTests): Promise<() => Promise<void>>;
  /**
   * Tests that began and will not end, because their window is gone. `others` belong to other windows, which may still
   * finish them.
   */
  left(): Promise<{ readonly left: readonly LeftTests[]; readonly others: boolean }>;
  forget(file: string): Promise<void>;
}

/** @param storage a folder of the workspace's own; without one nothing is recorded */
export function createTestLedger(storage: string | undefined): TestLedger {
  const folder = storage === undefined ? undefined : join(storage, 'tests');
  const forget = (file: string): Promise<void> => rm(file, { force: true }).catch(() => undefined);
  return {
    forget,
    async begin(tests) {
      if (folder === undefined) return () => Promise.resolve();
      const file = join(folder, `${randomUUID()}.json`);
      const entry: Entry = { ...tests, ...ownIdentity() };
      const written = makeFolder(folder).then(() =>
        writeFileAtomically(file, JSON.stringify(entry), { toDisk: false }),
      );
      // A test runs even if it cannot be recorded.
      await written.catch(() => undefined);
      return () => forget(file);
    },
    async left() {
      const names = folder === undefined ? [] : await readdir(folder).catch(() => []);
      const files = names.filter((name) => name.endsWith('.json')).map((name) => join(folder ?? '', name));
      const entries = await Promise.all(files.map(async (file) => ({ file, entry: await readEntry(file) })));
      const left: LeftTests[] = [];
      let others = false;
      for (const { file, entry } of entries) {
        if (entry === undefined) await forget(file);
        else if (processFate(entry) === 'gone')
          left.push({ file, run: entry.run, keys: entry.keys, epochs: entry.epochs });
        else if (entry.pid !== process.pid) others = true;
      }
      return { left, others };
    },
  };
}

async function readEntry(file: string): Promise<Entry | undefined> {
  try {
    const { entrySchema } = await import('./plannedTests');
    return entrySchema.safeParse(JSON.parse(await readFile(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}
