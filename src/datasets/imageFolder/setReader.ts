/** The pictures of one set by their numbers, decoded in threads when they are asked for. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { createClassIndices, type ClassIndices } from '../../common/classIndices';
import { inParallel } from '../../common/inParallel';
import { changedData } from '../changedData';
import type { SetReader } from '../dataReader';
import type { ImageBatch } from '../order';
import { decodedPictures } from './decoding/cache';
import { pool } from './decoding/pool';
import type { Target } from './decoding/tasks';
import { holds, stampOf, type FileFacts } from './facts';
import type { LabelledFiles } from './listing';
import { brokenPictures, type BrokenPicture } from './problems';
import type { FileGroup } from './sets';
import { pictureKey, surveyGroup } from './survey';

export interface PicturesOfSet {
  readonly root: string;
  readonly files: LabelledFiles;
  /** Those of the other set too, of which a person is told where one of this set is broken. */
  readonly everything: () => LabelledFiles;
  readonly classes: number;
  readonly target: Target;
  readonly groups: readonly FileGroup[];
  /** Called before a picture of the group is read. @throws InputError where it is not what a run was made with */
  readonly check: (group: FileGroup) => Promise<void>;
  /** Of files that have been surveyed: they must not change while the set is in use. */
  readonly facts: Map<string, FileFacts>;
}

/** At most so many pictures a task, so that a batch is shared out among threads. */
const MOST_OF_TASK = 16;
/** Groups that are surveyed at once. */
const GROUPS_AT_ONCE = 4;

export function pictureReader(set: PicturesOfSet): SetReader {
  const { root, files, target, groups, facts } = set;
  const { paths } = files;
  const labels = labelsOf(set);
  const groupOf = groupsOf(groups, paths);
  const length = target.size ** 2 * 3;

  async function read(indices: ArrayLike<number>, signal?: AbortSignal): Promise<ImageBatch> {
    const wanted = Array.from(indices);
    const touched = new Set(wanted.map((index) => groupOf[index] as number));
    for (const group of touched) await set.check(groups[group] as FileGroup);
    const pixels = new Uint8Array(wanted.length * length);
    const missing: { readonly row: number; readonly path: string }[] = [];
    for (const [row, index] of wanted.entries()) {
      const path = paths[index] as string;
      const known = facts.get(path);
      const cached = known && decodedPictures.get(pictureKey(known.hash, target));
      if (cached === undefined) missing.push({ row, path });
      else pixels.set(cached, row * length);
    }
    decodedPictures.touched();
    const broken = (await Promise.all(partsOf(missing).map((part) => decode(part, pixels, signal)))).flat();
    if (broken.length > 0) throw brokenPictures(root, broken);
    return { pixels, labels: labelsAt(labels, indices) };
  }

  async function decode(
    part: readonly { readonly row: number; readonly path: string }[],
    into: Uint8Array,
    signal: AbortSignal | undefined,
  ): Promise<BrokenPicture[]> {
    for (const { path } of part) {
      const known = facts.get(path);
      if (known !== undefined && !holds(known, stampOf(join(root, path))))
        throw changedData(join(root, path), 'a file that has changed since it was opened');
    }
    const { pixels, reasons } = await pool.run(
      { paths: part.map(({ path }) => join(root, path)), target, hashes: false },
      signal,
    );
    return part.flatMap(({ row, path }, at) => {
      const picture = pixels.subarray(at * length, (at + 1) * length);
      const reason = reasons[at];
      if (typeof reason === 'string') return [{ path, reason }];
      into.set(picture, row * length);
      const known = facts.get(path);
      if (known !== undefined) decodedPictures.put(pictureKey(known.hash, target), picture);
      return [];
    });
  }

  return {
    count: paths.length,
    height: target.size,
    width: target.size,
    labels: () => Promise.resolve(labels),
    read,
    async contentHash(signal, progress) {
      let done = 0;
      const advance = (count: number): void => progress?.((done += count));
      const found = await surveyPaths(set, { signal, progress: advance });
      if (brokenIn(paths, found).length > 0) {
        const all = set.everything();
        throw brokenPictures(root, brokenIn(all.paths, await surveyPaths({ ...set, files: all }, { signal })));
      }
      const hash = createHash('sha256').update(JSON.stringify(target));
      for (const [index, path] of paths.entries()) hash.update(`\n${found.get(path)?.hash} ${labels[index]}`);
      return hash.digest('hex');
    },
  };
}

/** Of every file of a set; what is known of them is then in its facts. @throws CancelledError */
export async function surveyPaths(
  { root, files, target, groups, facts }: PicturesOfSet,
  watch: { readonly signal?: AbortSignal | undefined; readonly progress?: (done: number) => void } = {},
): Promise<ReadonlyMap<string, FileFacts>> {
  const used = new Set(files.paths);
  await inParallel(
    groups,
    async (group) => {
      const ofSet = { name: group.name, files: group.files.filter((path) => used.has(path)) };
      if (ofSet.files.length === 0) return;
      for (const [path, each] of await surveyGroup(root, ofSet, { target, ...watch })) facts.set(path, each);
    },
    GROUPS_AT_ONCE,
  );
  return facts;
}

export function brokenIn(paths: readonly string[], facts: ReadonlyMap<string, FileFacts>): BrokenPicture[] {
  return paths.flatMap((path) => {
    const reason = facts.get(path)?.reason;
    return typeof reason === 'string' ? [{ path, reason }] : [];
  });
}

function labelsOf({ files: { labels }, classes }: PicturesOfSet): ClassIndices {
  const indices = createClassIndices(classes, labels.length);
  indices.set(labels);
  return indices;
}

function labelsAt(labels: ClassIndices, indices: ArrayLike<number>): ClassIndices {
  const taken = labels.slice(0, indices.length);
  for (let row = 0; row < indices.length; row++) taken[row] = labels[indices[row] as number] as number;
  return taken;
}

/** Of each picture the number of its group. */
function groupsOf(groups: readonly FileGroup[], paths: readonly string[]): Uint32Array {
  const byPath = new Map<string, number>();
  for (const [at, { files }] of groups.entries()) for (const path of files) byPath.set(path, at);
  return Uint32Array.from(paths, (path) => byPath.get(path) as number);
}

function partsOf<T>(items: readonly T[]): T[][] {
  const size = Math.min(MOST_OF_TASK, Math.max(1, Math.ceil(items.length / pool.size)));
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}
