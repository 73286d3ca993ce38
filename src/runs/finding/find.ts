/**
 * Where run folders are: FOLDER/.epochlens/runs/STUDY/RUN. Links are followed at each of these levels; what cannot be
 * followed (a link to nothing, or to itself) is passed over.
 */
import { readdir, realpath, stat, access, constants } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileIdentity, realPathOf } from '../../common/fileIdentity';
import { isRunName } from '../staging';
import { succeeds } from '../../common/succeeds';

const OWN_FOLDER = '.epochlens';
const RUNS_FOLDER = 'runs';

/** Where the runs of the studies in a folder lie; with a name, of new runs of the study of that name. */
export function runsFolder(studyFolder: string, studyName?: string): string {
  return join(studyFolder, OWN_FOLDER, RUNS_FOLDER, ...(studyName === undefined ? [] : [studyName]));
}

/** FOLDER of FOLDER/.epochlens/runs/STUDY/RUN, by names alone; undefined where the run folder lies elsewhere. */
export function studyFolderOf(runFolder: string): string | undefined {
  const runs = dirname(dirname(runFolder));
  const own = dirname(runs);
  return basename(runs) === RUNS_FOLDER && basename(own) === OWN_FOLDER ? dirname(own) : undefined;
}

/** Where a study file's runs may lie: beside it, and beside the one that it is a link to. */
export async function foldersOf(studyPath: string): Promise<string[]> {
  const { path } = await fileIdentity(studyPath);
  const folder = dirname(studyPath);
  return (await realPathOf(folder)) === dirname(path) ? [folder] : [folder, dirname(path)];
}

/** A folder, and how many names on its path are links. */
interface Place {
  readonly path: string;
  readonly links: number;
}

/**
 * The folders under FOLDER/.epochlens/runs/STUDY of some folders, sorted: each real folder once, by the path with the
 * fewest links. There may be no run in it yet.
 */
export async function findRunFolders(studyFolders: Iterable<string>): Promise<string[]> {
  const roots = await Promise.all([...new Set(studyFolders)].map(rootOf));
  const places = (await subfolders(await subfolders(roots))).filter(({ path }) => isRunName(basename(path)));
  const real = await Promise.all(places.map(({ path }) => realpath(path).catch(() => path)));
  const byTarget = new Map<string, Place>();
  for (const [index, place] of places.entries()) {
    const target = real[index] ?? place.path;
    const known = byTarget.get(target);
    if (known === undefined || comesBefore(place, known)) byTarget.set(target, place);
  }
  return [...byTarget.values()].map(({ path }) => path).sort();
}

function comesBefore(a: Place, b: Place): boolean {
  return a.links === b.links ? a.path < b.path : a.links < b.links;
}

async function rootOf(studyFolder: string): Promise<Place> {
  const path = runsFolder(studyFolder);
  return { path, links: (await realpath(path).catch(() => path)) === path ? 0 : 1 };
}

/** Folders and links to folders. */
async function subfolders(places: readonly Place[]): Promise<Place[]> {
  const found = places.map(async ({ path: folder, links }) => {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    const inside = entries.map(async (entry): Promise<Place[]> => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return [{ path, links }];
      return !entry.isFile() && (await leadsToFolder(path)) ? [{ path, links: links + 1 }] : [];
    });
    return (await Promise.all(inside)).flat();
  });
  return (await Promise.all(found)).flat();
}

async function leadsToFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

/**
 * The folder under which new runs of a study file lie. Of a link it is that of the file that it leads to, where every
 * path to that finds them; the link's own where nothing can be written there.
 */
export async function folderForRuns(studyPath: string): Promise<string> {
  const own = dirname(studyPath);
  const real = (await foldersOf(studyPath)).at(-1) ?? own;
  const isWritable = await succeeds(access(real, constants.W_OK));
  return isWritable ? real : own;
}
