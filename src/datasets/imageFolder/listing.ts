/** Which pictures a folder has, of which classes, and which of them are test images: by names alone, nothing is decoded. */
import { join } from 'node:path';
import { InputError } from '../../common/errors';
import { byCodePoint } from './codePoints';
import { findSets } from './layouts';
import { brokenPictures, emptyClasses, firstOf, noClasses, oneClass, unreadableFolder } from './problems';
import type { FolderSettings } from './schema';
import type { ByClass, FileGroup, FoundSets } from './sets';
import { chooseTest } from './split';
import { namesOf } from './synsets';

/** Pictures with their classes, interleaved: the first of each class, the second of each, … */
export interface LabelledFiles {
  readonly paths: readonly string[];
  readonly labels: readonly number[];
}

export interface Listing {
  readonly root: string;
  /** By label: the folders' names, or the labels of a table. */
  readonly classes: readonly string[];
  /** By label, as they are shown. */
  readonly classNames: readonly string[];
  readonly train: LabelledFiles;
  readonly test: LabelledFiles;
  readonly groups: readonly FileGroup[];
  /** For the description: which are the test images, and what is not read. */
  readonly notes: readonly string[];
  /** See `stampsHold`. */
  readonly stamps: readonly string[];
  /** How many listed files are not there. */
  readonly absent: number;
}

/** @param settings with an absolute folder @throws InputError where it holds no data set */
export async function listFolder(settings: FolderSettings): Promise<Listing> {
  const { folder } = settings;
  const found = await findSets(settings).catch((error: unknown) => {
    throw error instanceof InputError ? error : unreadableFolder(folder, error);
  });
  const { groups, notes, stamps, absent } = found;
  // Before classes are counted: one may have no pictures because none of those listed is there.
  if (absent.length > 0 && settings.broken === 'refuse')
    throw brokenPictures(
      folder,
      absent.map((path) => ({ path, reason: 'no such file' })),
    );
  const all = classesOf(found);
  if (all.length === 0) throw noClasses(folder, found.emptiness);
  const { classes, classNames } = await chooseClasses(settings, all);
  const empty = classes.filter((name) => sizeOf(found.train, name) + sizeOf(found.test, name) === 0);
  if (empty.length > 0) throw emptyClasses(folder, empty);
  if (classes.length === 1) throw oneClass(folder, classes[0] ?? '');
  const untrained = found.train.size === 0 ? [] : classes.filter((name) => sizeOf(found.train, name) === 0);
  if (untrained.length > 0) throw emptyClasses(join(folder, 'train'), untrained);
  const { train, test } =
    found.test === undefined ? chooseTest(found.train, settings) : { train: found.train, test: found.test };
  const used = new Set(classes);
  const left = all.filter((name) => !used.has(name)).length;
  return {
    root: folder,
    classes,
    classNames,
    train: interleaved(train, classes),
    test: interleaved(test, classes),
    groups: groups.filter(({ files }) => files.length > 0),
    notes: [...notes, ...(left === 0 ? [] : [`${left} classes are left out`])],
    stamps,
    absent: absent.length,
  };
}

function sizeOf(set: ByClass | undefined, name: string): number {
  return set?.get(name)?.length ?? 0;
}

/** Every class that has a folder or a label; where a table's labels are numbers, by value. */
function classesOf({ train, test, isTable }: FoundSets): string[] {
  const names = [...new Set([...train.keys(), ...(test?.keys() ?? [])])];
  const areNumbers = isTable && names.every((name) => /^\d{1,9}$/.test(name));
  return names.sort(areNumbers ? (a, b) => Number(a) - Number(b) : byCodePoint);
}

async function chooseClasses(
  { folder, classNames: asked }: FolderSettings,
  all: readonly string[],
): Promise<{ classes: string[]; classNames: string[] }> {
  if (asked === undefined) return { classes: [...all], classNames: await namesOf(folder, all) };
  const byForm = new Map(all.map((name) => [name.normalize('NFC'), name]));
  const wanted = Array.isArray(asked) ? asked : Object.keys(asked);
  const unknown = wanted.filter((name) => !byForm.has(name.normalize('NFC')));
  if (unknown.length > 0) {
    throw new InputError('no such class in the folder of pictures', {
      file: folder,
      place: 'dataset.classNames',
      found: firstOf(unknown.map((name) => JSON.stringify(name))),
      expected: `of ${firstOf(all)}`,
    });
  }
  const classes = [...new Set(wanted.map((name) => byForm.get(name.normalize('NFC')) as string))];
  const shown = Array.isArray(asked) ? await namesOf(folder, classes) : classes.map((name) => asked[name] ?? name);
  return { classes, classNames: shown };
}

/** The first of each class, then the second of each: the first so many images are of all classes alike. */
function interleaved(set: ByClass, classes: readonly string[]): LabelledFiles {
  const lists = classes.map((name) => set.get(name) ?? []);
  const longest = lists.reduce((most, { length }) => Math.max(most, length), 0);
  const paths: string[] = [];
  const labels: number[] = [];
  for (let rank = 0; rank < longest; rank++) {
    for (const [label, list] of lists.entries()) {
      const path = list[rank];
      if (path === undefined) continue;
      paths.push(path);
      labels.push(label);
    }
  }
  return { paths, labels };
}
