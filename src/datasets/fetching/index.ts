/** Fetches the published archive of a data set. */
import { existsSync } from 'node:fs';
import { dataFolder } from '../folder';
import { folderIn, kindOf, type DatasetSettings } from '../datasetKinds';
import type { DataWatch } from '../types';

/** Fetches the archive into the settings' folder, unless there is one. @throws WorkError, CancelledError, InputError */
export async function ensureData(settings: DatasetSettings, studyFolder: string, watch: DataWatch): Promise<void> {
  const kind = kindOf(settings);
  const folder = folderIn(settings);
  const archive = kind.onDisk?.archive;
  if (folder === undefined || archive === undefined) return;
  const place = dataFolder({ folder }, studyFolder);
  if (existsSync(place)) return;
  // Loaded where it is needed: what speaks HTTP takes longer to load than all else that reads data.
  const { fetchArchive } = await import('./fetch');
  await fetchArchive(kind, archive, place, watch);
}
