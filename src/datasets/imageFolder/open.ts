/** A folder of pictures as a data set. */
import { createHash } from 'node:crypto';
import { join, relative, sep } from 'node:path';
import { realpath, stat } from 'node:fs/promises';
import { InputError } from '../../common/errors';
import { inParallel } from '../../common/inParallel';
import { changedData, differences, type ExpectedData } from '../changedData';
import type { DataReader, OpenOptions } from '../dataReader';
import type { AnySettings, DataFacts } from '../datasetKind';
import { describeCounts } from '../describe';
import type { DataFile } from '../types';
import type { Target } from './decoding/tasks';
import type { FileFacts } from './facts';
import { listFolder, type LabelledFiles, type Listing } from './listing';
import { firstOf, tooFew, type BrokenPicture } from './problems';
import type { FolderSettings } from './schema';
import type { FileGroup } from './sets';
import { brokenIn, pictureReader, surveyPaths, type PicturesOfSet } from './setReader';
import { hashGroup, surveyGroup } from './survey';
import { readRows } from './table';
import { stampsHold, walk } from './walk';

type Settings = FolderSettings & AnySettings;

interface Opened {
  readonly listing: Listing;
  /** Absent of what a run was made with, whose files are checked with every request. */
  readonly reader: DataReader | undefined;
}

/** The last ones, for the next request: a gallery asks for a page at a time. */
const OPENED = new Map<string, Opened>();
const MOST_OPENED = 4;
/** What is used where a study says no size, which only the command line's pictures without a study do. */
const USUAL_SIZE = 224;

/** @param settings with an absolute folder @throws InputError where the folder is not what it should be */
export async function openFolder(settings: Settings, options: OpenOptions): Promise<DataReader> {
  const isChecked = options.expected !== undefined;
  const key = JSON.stringify([settings, options.sets, isChecked]);
  const known = OPENED.get(key);
  const holds = known !== undefined && (await stampsHold(known.listing.stamps));
  if (holds && known.reader !== undefined) return known.reader;
  const listing = holds ? known.listing : await listFolder(settings);
  const reader = await readerOf(settings, listing, options);
  OPENED.delete(key);
  OPENED.set(key, { listing, reader: isChecked ? undefined : reader });
  for (const oldest of [...OPENED.keys()].slice(0, -MOST_OPENED)) OPENED.delete(oldest);
  return reader;
}

async function readerOf(
  settings: Settings,
  listing: Listing,
  { sets, expected = { fingerprint: '' } }: OpenOptions,
): Promise<DataReader> {
  const { root, classes, classNames, groups, notes } = listing;
  const facts = new Map<string, FileFacts>();
  const target = targetOf(settings);
  const check = groupCheck(root, expected, groups, facts);
  const of = (files: LabelledFiles): PicturesOfSet => {
    return { root, files, everything, classes: classes.length, target, groups, check, facts };
  };
  const everything = (): LabelledFiles => {
    const { train, test } = listing;
    return { paths: [...train.paths, ...test.paths], labels: [...train.labels, ...test.labels] };
  };
  const skipped: BrokenPicture[] = [];
  const chosen = async (files: LabelledFiles, limit: number | undefined): Promise<LabelledFiles> => {
    if (settings.broken === 'refuse') return firstFiles(files, limit);
    const broken = brokenIn(files.paths, await surveyPaths(of(files)));
    skipped.push(...broken);
    return firstFiles(without(files, new Set(broken.map(({ path }) => path))), limit);
  };
  const none: LabelledFiles = { paths: [], labels: [] };
  const used = {
    train: sets === 'test' ? none : await chosen(listing.train, settings.trainLimit),
    test: await chosen(listing.test, settings.testLimit),
  };
  refuseFew(root, used, sets);
  const train = pictureReader(of(used.train));
  const test = pictureReader(of(used.test));
  const missing = listing.absent + skipped.length;
  const said = [...notes, ...(missing === 0 ? [] : [skippedText(listing.absent, skipped)])];
  const counts = describeCounts(used.train.paths.length, used.test.paths.length);
  return {
    classNames,
    description: `${counts} of ${classes.length} classes from ${root}${said.length === 0 ? '' : ` (${said.join('; ')})`}`,
    train,
    test,
    identify: (signal) => identityOf({ root, groups, target, classes, used }, signal),
  };
}

function targetOf({ size = USUAL_SIZE, mode, cropFraction }: Settings): Target {
  const interpolation = 'bicubic';
  return { size, resize: mode === 'crop' ? { mode, cropFraction, interpolation } : { mode, interpolation } };
}

function firstFiles({ paths, labels }: LabelledFiles, limit = Infinity): LabelledFiles {
  return paths.length <= limit ? { paths, labels } : { paths: paths.slice(0, limit), labels: labels.slice(0, limit) };
}

function without({ paths, labels }: LabelledFiles, left: ReadonlySet<string>): LabelledFiles {
  return {
    paths: paths.filter((path) => !left.has(path)),
    labels: labels.filter((_, at) => !left.has(paths[at] as string)),
  };
}

function skippedText(absent: number, skipped: readonly BrokenPicture[]): string {
  const named = skipped.length === 0 ? '' : `: ${firstOf(skipped.map(({ path }) => path))}`;
  const count = absent + skipped.length;
  return `${count === 1 ? 'one picture is' : `${count} pictures are`} skipped${named}`;
}

type Used = Readonly<Record<'train' | 'test', LabelledFiles>>;

function refuseFew(root: string, { train, test }: Used, sets: OpenOptions['sets']): void {
  const count = train.paths.length + test.paths.length;
  if (count < 2) throw tooFew(root, count);
  const expected = 'train/ and val/ or test/ of classes, or classes alone and a testFraction between 0 and 1';
  const missing = (summary: string, found: string) => new InputError(summary, { file: root, found, expected });
  if (sets === 'both' && train.paths.length === 0) throw missing('no training images', 'test images only');
  if (sets !== 'any' && test.paths.length === 0) throw missing('no test images', 'training images only');
}

/** Counts by names alone, before broken pictures are left out. @throws InputError */
export async function readFolderFacts(settings: Settings): Promise<DataFacts> {
  const { train, test, root } = await listFolder(settings);
  refuseFew(root, { train, test }, 'both');
  return { train: train.paths.length, test: test.paths.length };
}

interface Identified {
  readonly root: string;
  readonly groups: readonly FileGroup[];
  readonly target: Target;
  readonly classes: readonly string[];
  readonly used: Used;
}

async function identityOf(
  { root, groups, target, classes, used }: Identified,
  signal: AbortSignal | undefined,
): Promise<{ fingerprint: string; files: readonly DataFile[] }> {
  const inUse = new Set([...used.train.paths, ...used.test.paths]);
  const wanted = groups.filter(({ files }) => files.some((path) => inUse.has(path)));
  const files = await inParallel(
    wanted,
    async (group) => {
      const facts = await surveyGroup(root, group, { signal });
      return { name: group.name, records: group.files.length, sha256: await hashGroup(root, group, facts) };
    },
    4,
  );
  const hash = createHash('sha256').update(JSON.stringify({ target, classes, files }));
  for (const { paths, labels } of [used.train, used.test]) hash.update(JSON.stringify({ paths, labels }));
  return { fingerprint: hash.digest('hex'), files };
}

/** Each group once, as soon as a picture of it is read. @throws InputError at once where names or counts differ */
function groupCheck(
  root: string,
  { fingerprint, files }: ExpectedData,
  groups: readonly FileGroup[],
  facts: Map<string, FileFacts>,
): PicturesOfSet['check'] {
  if (fingerprint === '' || files === undefined) return () => Promise.resolve();
  const expected = new Map(files.map(({ name, sha256 }) => [name, sha256]));
  const now = groups.map((group) => ({ name: group.name, records: group.files.length }));
  const [other] = differences(
    files,
    now.filter(({ name }) => expected.has(name)),
  );
  if (other !== undefined) throw changedData(join(root, other.name), other.found);
  const checked = new Map<FileGroup, Promise<void>>();
  const check = async (group: FileGroup): Promise<void> => {
    const found = await surveyGroup(root, group);
    if ((await hashGroup(root, group, found)) !== expected.get(group.name))
      throw changedData(join(root, group.name), 'other files, or other bytes in them');
    for (const [path, each] of found) facts.set(path, each);
  };
  return (group) => {
    const known = checked.get(group) ?? check(group);
    checked.set(group, known);
    return known;
  };
}

/** Of a group as `DataFile` names it. @param path of it @throws CancelledError, and what the system throws */
export async function hashOfGroup(
  path: string,
  count: number,
  root: string,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const name = relative(root, path).split(sep).join('/');
  const isTable = (await stat(path)).isFile();
  const files = isTable
    ? (await readRows(root, name)).map((row) => row.path)
    : (await walk(path, await realpath(root))).pictures.map((picture) => `${name}/${picture}`);
  if (files.length < count) return undefined;
  const group = { name, files };
  return hashGroup(root, group, await surveyGroup(root, group, { signal }));
}
