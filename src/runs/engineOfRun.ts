/** Which engine a run is trained with: the one that it began with, until a person goes on with another. */
import { readFile } from 'node:fs/promises';
import {
  writeManifest,
  writeUnvouchedManifest,
  type EngineOfRun,
  type RunManifest,
  type StoredManifest,
} from './manifest';
import { openRun, type Run } from './open';
import { runPaths } from './paths';

export function lastEngineOf({ engine, laterEngines = [] }: Pick<RunManifest, 'engine' | 'laterEngines'>): EngineOfRun {
  return laterEngines.at(-1) ?? engine;
}

/** All that had a part in it, in the order in which they came. */
export function enginesOf({ engine, laterEngines = [] }: Pick<RunManifest, 'engine' | 'laterEngines'>): EngineOfRun[] {
  return [engine, ...laterEngines];
}

/**
 * Says in run.json that it goes on with another engine, and changes nothing else. The caller holds the run's lock.
 * @param fromEpoch the first epoch that this engine has a part in
 * @throws InputError where run.json is damaged, which a new sum of it would hide; WorkError where it cannot be written
 */
export async function addLaterEngine(
  { folder }: Pick<Run, 'folder'>,
  { name, version, device }: EngineOfRun,
  fromEpoch: number,
): Promise<void> {
  const { sum, laterEngines = [] } = (await openRun(folder)).manifest;
  const stored = JSON.parse(await readFile(runPaths(folder).manifest, 'utf8')) as StoredManifest;
  const write = sum === undefined ? writeUnvouchedManifest : writeManifest;
  await write(folder, { ...stored, laterEngines: [...laterEngines, { name, version, device, fromEpoch }] });
}
