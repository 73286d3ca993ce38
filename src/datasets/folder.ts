import { resolve } from 'node:path';

/**
 * The folder that will be read: EPOCHLENS_DATA where it is set, else the study's own, relative to the study's folder. That
 * folder itself is no place of data that others could stand for.
 */
export function dataFolder(settings: { readonly folder: string }, studyFolder: string): string {
  const override = process.env['EPOCHLENS_DATA'];
  return override === undefined || override === '' || settings.folder === '.'
    ? resolve(studyFolder, settings.folder)
    : resolve(override);
}
