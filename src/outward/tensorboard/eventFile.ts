/**
 * A file of events that grows: TensorBoard follows what is appended, and takes a file that was written anew for damaged.
 * Where what stands there is no longer what is known (a number has changed, or an epoch was trained again), a new file follows
 * it, which tells readers to forget. The old one stays for a while: a reader that loses the file it reads never goes on to
 * the next.
 */
import { appendFile, readdir, rm, stat, truncate, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../../common/atomic';
import { readRegularFile } from '../../common/regularFile';
import { fileError } from '../../common/systemErrors';
import { isSameMark, markOf, readEntries, type KnownEntries } from './knownEntries';
import { entryEvent, startEvent, versionEvent, type Entry } from './messages';
import { framed, readRecords } from './records';

/** TensorBoard looks every few seconds. */
const READERS_MILLISECONDS = 600_000;

/** Of one run. */
export interface EventFilePlace {
  /** It must be there. */
  readonly folder: string;
  /** What tells the run from others; part of a file's name. */
  readonly id: string;
  /** When it began, in seconds since 1970. */
  readonly begin: number;
}

interface Opened {
  readonly file: string;
  readonly number: number;
  /** In bytes. */
  size: number;
  /** Undefined where they cannot be read. */
  readonly known: KnownEntries | undefined;
}

export interface Written {
  readonly file: string;
  /** How many entries were added. */
  readonly added: number;
}

/** A run's file while it grows. It may be another process's, too, as long as one at a time writes. */
export function createEventFile(place: EventFilePlace) {
  let opened: Opened | undefined;

  async function open(): Promise<Opened | undefined> {
    const [newest, ...older] = await filesOf(place);
    if (newest === undefined) return undefined;
    for (const { file } of older)
      if (Date.now() - (await stat(file)).mtimeMs > READERS_MILLISECONDS) await rm(file, { force: true });
    const size = (await stat(newest.file)).size;
    if (opened?.file === newest.file && opened.size === size) return opened;
    const { records, length } = readRecords(await readRegularFile(newest.file));
    // What a kill left of a record: its bytes come again.
    if (length < size) await truncate(newest.file, length);
    return { ...newest, size: length, known: readEntries(records) };
  }

  async function replace(before: Opened | undefined, wanted: readonly Entry[]): Promise<Written> {
    const number = before === undefined ? 0 : before.number + 1;
    const file = join(place.folder, fileName(place, number));
    const events = [versionEvent(place.begin), startEvent(place.begin), ...wanted.map(entryEvent)];
    const bytes = Buffer.concat(events.map(framed));
    await writeFileAtomically(file, bytes);
    // From now on its age counts.
    if (before !== undefined) await utimes(before.file, new Date(), new Date());
    opened = { file, number, size: bytes.length, known: remember(new Map(), wanted) };
    return { file, added: wanted.length };
  }

  return {
    /**
     * Adds what is missing. The same entries in a new folder give the same bytes.
     * @param wanted of each tag ascending by step
     * @param leave tags that are no part of what is wanted now, and stay
     * @returns undefined where the file must be replaced, for which what is left would be wanted, too
     * @throws WorkError where it cannot be written
     */
    async bring(wanted: readonly Entry[], leave?: (tag: string) => boolean): Promise<Written | undefined> {
      try {
        opened = await open();
        if (opened === undefined) return await replace(undefined, wanted);
        const missing = missingIn(opened.known, wanted, leave);
        if (missing === undefined) return leave === undefined ? await replace(opened, wanted) : undefined;
        if (missing.length > 0) {
          const bytes = Buffer.concat(missing.map((entry) => framed(entryEvent(entry))));
          await appendFile(opened.file, bytes);
          opened.size += bytes.length;
          if (opened.known !== undefined) remember(opened.known, missing);
        }
        return { file: opened.file, added: missing.length };
      } catch (error) {
        throw fileError('TensorBoard files cannot be written', place.folder, error);
      }
    },
  };
}
export type EventFile = ReturnType<typeof createEventFile>;

/** Undefined where something stands in the file that is not wanted. */
function missingIn(
  known: KnownEntries | undefined,
  wanted: readonly Entry[],
  leave: (tag: string) => boolean = () => false,
): Entry[] | undefined {
  if (known === undefined) return undefined;
  const met = new Map<string, number>();
  const missing: Entry[] = [];
  for (const entry of wanted) {
    const at = met.get(entry.tag) ?? 0;
    met.set(entry.tag, at + 1);
    const before = known.get(entry.tag) ?? [];
    if (at >= before.length) missing.push(entry);
    else if (!isSameMark(before[at], markOf(entry))) return undefined;
  }
  const isWanted = [...known].every(([tag, marks]) => leave(tag) || (met.get(tag) ?? 0) >= marks.length);
  return isWanted ? missing : undefined;
}

function remember(known: KnownEntries, entries: readonly Entry[]): KnownEntries {
  for (const entry of entries) {
    const marks = known.get(entry.tag) ?? [];
    marks.push(markOf(entry));
    known.set(entry.tag, marks);
  }
  return known;
}

/** What TensorBoard looks for in a file's name. */
const PREFIX = 'events.out.tfevents';

/** Files are read in the order of their names. */
function fileName({ begin, id }: EventFilePlace, number: number): string {
  const time = String(Math.max(0, Math.floor(begin))).padStart(10, '0');
  return `${PREFIX}.${time}.${id}.${String(number).padStart(3, '0')}`;
}

/** The newest first. */
async function filesOf(place: EventFilePlace): Promise<Pick<Opened, 'file' | 'number'>[]> {
  const stem = fileName(place, 0).slice(0, -'000'.length);
  const files = (await readdir(place.folder)).flatMap((name) => {
    const number = name.startsWith(stem) ? /^\d{3,}$/.exec(name.slice(stem.length))?.[0] : undefined;
    return number === undefined ? [] : [{ file: join(place.folder, name), number: Number(number) }];
  });
  return files.sort((a, b) => b.number - a.number);
}

/** The ids of the runs whose events lie in a folder; none where there is no such folder. */
export async function runsOfEvents(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.flatMap((name) => /^events\.out\.tfevents\.\d+\.(.+)\.\d{3,}$/.exec(name)?.[1] ?? []);
}
