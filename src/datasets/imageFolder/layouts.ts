/** The layouts of folders: classes alone, train/, val/ and test/ of classes, Tiny-ImageNet's val/, or a table. */
import { realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../../common/errors';
import { ANNOTATIONS, readAnnotated } from './annotated';
import { firstOf } from './problems';
import type { FolderSettings } from './schema';
import type { ByClass, FileGroup, FoundSets } from './sets';
import { readWnids } from './synsets';
import { readTable } from './table';
import { entriesOf, folderStamp, walkAll, type FolderEntries } from './walk';

const TRAIN = ['train', 'training'];
/** The first that has labels holds the test images. */
const TEST = ['test', 'testing', 'val', 'valid', 'validation'];

/** @throws InputError, and what the system throws */
export async function findSets({ folder, csv, testFolder }: FolderSettings): Promise<FoundSets> {
  if (!(await stat(folder)).isDirectory()) throw Object.assign(new Error('a file'), { code: 'ENOTDIR' });
  const root = await realpath(folder);
  if (csv !== undefined) return readTable(folder, root, csv);
  const stamp = await folderStamp(folder);
  const top = await entriesOf(folder, root);
  const splits = await splitsIn({ folder, root }, top, testFolder);
  const found =
    splits === undefined
      ? { ...withoutTest(await readClasses({ folder, root }, '', top)), notes: [] }
      : await readSplits({ folder, root }, splits, testFolder);
  return { ...found, stamps: [stamp, ...found.stamps] };
}

interface Place {
  readonly folder: string;
  /** Without links. */
  readonly root: string;
}

type Part = Omit<FoundSets, 'train' | 'test' | 'notes'> & { readonly byClass: ByClass };

function withoutTest({ byClass, ...part }: Part) {
  return { ...part, train: byClass, test: undefined };
}

/** @param inner the folder of classes within the data set's, or '' */
async function readClasses(
  { folder, root }: Place,
  inner: string,
  { folders, pictures, outside }: FolderEntries,
): Promise<Part> {
  const listed = await readWnids(folder);
  const isClass = (name: string): boolean => listed === undefined || listed.includes(name);
  const names = folders.some(isClass) ? folders.filter(isClass) : folders;
  const within = (name: string): string => (inner === '' ? name : `${inner}/${name}`);
  const walked = await walkAll(
    names.map((name) => join(folder, within(name))),
    root,
  );
  const byClass = new Map<string, readonly string[]>();
  const groups: FileGroup[] = [];
  for (const [at, name] of names.entries()) {
    const files = (walked[at]?.pictures ?? []).map((path) => `${within(name)}/${path}`);
    // Folders that hold nothing at all are nobody's classes where there are others, but a person should know.
    byClass.set(name, files);
    groups.push({ name: within(name), files });
  }
  const sum = (of: 'unread' | 'outside'): number => walked.reduce((all, each) => all + each[of], 0);
  return {
    byClass,
    groups,
    isTable: false,
    stamps: walked.flatMap(({ stamps }) => stamps),
    emptiness: { loose: pictures.length, unread: sum('unread'), outside: outside + sum('outside') },
    absent: [],
  };
}

interface Split {
  readonly name: string;
  readonly entries: FolderEntries;
}

interface Splits {
  readonly train: Split | undefined;
  /** By preference. */
  readonly tests: readonly Split[];
}

/** Undefined where the folder holds classes. A class may be called "train": then there are pictures in it. */
async function splitsIn(
  { folder, root }: Place,
  { folders }: FolderEntries,
  testFolder: string | undefined,
): Promise<Splits | undefined> {
  const named = (wanted: readonly string[]): string[] =>
    wanted.flatMap((name) => folders.filter((each) => each.toLowerCase() === name));
  const open = async (name: string): Promise<Split> => ({ name, entries: await entriesOf(join(folder, name), root) });
  const holdsSets = ({ entries }: Split): boolean => entries.folders.length > 0 || entries.others.includes(ANNOTATIONS);
  const [trainName] = named(TRAIN);
  const train = trainName === undefined ? undefined : await open(trainName);
  const testNames = testFolder === undefined ? named(TEST) : folders.filter((name) => name === testFolder);
  const tests = (await Promise.all(testNames.map(open))).filter(holdsSets);
  if (testFolder !== undefined && tests.length === 0) throw noTestFolder(folder, testFolder);
  const trains = train !== undefined && holdsSets(train);
  if (trains && (tests.length > 0 || folders.length === 1 + testNames.length)) return { train, tests };
  const onlySplits = folders.every((name) => [...TRAIN, ...TEST].includes(name.toLowerCase()));
  return train === undefined && tests.length > 0 && (onlySplits || testFolder !== undefined)
    ? { train: undefined, tests }
    : undefined;
}

function noTestFolder(folder: string, name: string): InputError {
  return new InputError('no such folder of test images', {
    file: folder,
    place: 'dataset.testFolder',
    found: JSON.stringify(name),
    expected: 'a folder of classes beside train/',
  });
}

async function readSplits(
  place: Place,
  { train, tests }: Splits,
  testFolder: string | undefined,
): Promise<Omit<FoundSets, 'stamps'> & { stamps: readonly string[] }> {
  const trained = train && (await readClasses(place, train.name, train.entries));
  const classes = trained === undefined ? undefined : new Set(trained.byClass.keys());
  const notes: string[] = [];
  let tested: Part | undefined;
  for (const { name, entries } of tests) {
    if (tested !== undefined) {
      notes.push(`${name}/ is not used`);
      continue;
    }
    const found = entries.others.includes(ANNOTATIONS)
      ? await readAnnotated(place.folder, place.root, name)
      : await readClasses(place, name, entries);
    const isLabelled = classes === undefined || [...found.byClass.keys()].some((each) => classes.has(each));
    if (isLabelled || testFolder !== undefined) {
      refuseUnknown(join(place.folder, name), found.byClass, classes);
      tested = found;
      notes.push(`test images from ${name}/`);
    } else notes.push(`${name}/ has no labels`);
  }
  const folders = [...(train === undefined ? [] : [train]), ...tests].map(({ name }) => name);
  const parts = [trained, tested].filter((part) => part !== undefined);
  const sum = (of: 'loose' | 'unread' | 'outside'): number => parts.reduce((all, each) => all + each.emptiness[of], 0);
  return {
    train: trained?.byClass ?? new Map(),
    test: tested?.byClass,
    isTable: false,
    groups: parts.flatMap(({ groups }) => groups),
    stamps: [
      ...(await Promise.all(folders.map((name) => folderStamp(join(place.folder, name))))),
      ...parts.flatMap(({ stamps }) => stamps),
    ],
    emptiness: { loose: sum('loose'), unread: sum('unread'), outside: sum('outside') },
    absent: parts.flatMap(({ absent }) => absent),
    notes,
  };
}

/** @throws InputError for test images of a class that is not trained */
function refuseUnknown(folder: string, tested: ByClass, classes: ReadonlySet<string> | undefined): void {
  const unknown = [...tested].flatMap(([name, files]) => (files.length > 0 && !classes?.has(name) ? [name] : []));
  if (classes === undefined || unknown.length === 0) return;
  throw new InputError('test images of classes that are not in the training images', {
    file: folder,
    found: firstOf(unknown),
    expected: 'folders of the same names as those of the training images',
  });
}
