/** Whether the files that a run was imported from are still those. They are not the run's: nothing depends on it. */
import type { RunManifest } from '../manifest';
import { hashFile, type HashWatch } from '../../common/hashFile';

/** A sentence for each file that is gone or another by now, and none where all are as they were. @throws CancelledError */
export async function importedFilesNow({ imported }: RunManifest, watch: HashWatch): Promise<string[]> {
  const sentences: string[] = [];
  for (const { epoch, file, sha256 } of imported?.files ?? []) {
    const found = await hashFile(file, watch).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error) return undefined;
      throw error;
    });
    if (found === undefined) sentences.push(`${file}, of which epoch ${epoch} was imported, is no longer there.`);
    else if (found !== sha256) sentences.push(`${file}, of which epoch ${epoch} was imported, has changed since.`);
  }
  return sentences;
}
