/** A CSV file of paths and labels. */
import { join, posix } from 'node:path';
import { InputError, messageOf } from '../../common/errors';
import { inParallel } from '../../common/inParallel';
import { systemReason } from '../../common/reasons';
import { readRegularFile } from '../../common/regularFile';
import type { FoundSets } from './sets';
import { entriesOf, folderStamp } from './walk';

/** Ten million lines. */
const MOST_BYTES = 2 ** 30;

/** What the columns may be called; where the first line has no such names, the columns are path, label and split. */
const COLUMNS = {
  path: ['path', 'file', 'filename', 'file_name', 'filepath', 'file_path', 'image', 'image_path'],
  label: ['label', 'labels', 'class', 'class_name', 'category', 'target'],
  split: ['split', 'set', 'subset', 'partition'],
} as const;

type SetName = 'train' | 'val' | 'test';
const SETS: Readonly<Record<string, SetName>> = {
  train: 'train',
  training: 'train',
  val: 'val',
  valid: 'val',
  validation: 'val',
  test: 'test',
  testing: 'test',
};

export interface Row {
  /** Relative to the data set's folder, with `/`. */
  readonly path: string;
  readonly label: string;
  /** Undefined where the table has no such column. */
  readonly set: SetName | undefined;
}

/** @param csv relative to the folder @throws InputError where it is no such table */
export async function readRows(folder: string, csv: string): Promise<Row[]> {
  const file = join(folder, csv);
  if (!isInside(csv)) throw bad(file, 'dataset.csv', JSON.stringify(csv), 'a path within the folder');
  const bytes = await readRegularFile(file, MOST_BYTES).catch((error: unknown) => {
    if (error instanceof InputError) throw error;
    const found = systemReason(error) ?? messageOf(error);
    throw new InputError('the table of pictures cannot be read', { file, found }, { cause: error });
  });
  const lines = await parseLines(file, textOf(file, bytes));
  const columns = columnsOf(lines[0]?.cells ?? []);
  if (lines.length === (columns.hasHeader ? 1 : 0)) throw bad(file, undefined, 'no lines', 'a path and a label a line');
  const byPath = new Map<string, Row>();
  for (const line of columns.hasHeader ? lines.slice(1) : lines) {
    const row = rowOf(file, line, columns);
    const known = byPath.get(row.path);
    if (known !== undefined && known.label !== row.label)
      throw bad(
        file,
        `line ${line.number}`,
        `${row.path} as ${row.label} and as ${known.label}`,
        'one class a picture',
      );
    byPath.set(row.path, known ?? row);
  }
  return [...byPath.values()];
}

function textOf(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new InputError(
      'the table of pictures is no UTF-8 text',
      { file, expected: 'UTF-8', advice: 'Save it as UTF-8: names with other letters are not found otherwise.' },
      { cause: error },
    );
  }
}

interface Line {
  readonly cells: readonly string[];
  /** From 1. */
  readonly number: number;
}

async function parseLines(file: string, text: string): Promise<Line[]> {
  const { parse } = await import('csv-parse/sync');
  const [first = ''] = text.split(/\r?\n/, 1);
  const delimiter = ['\t', ';', ','].find((each) => first.includes(each)) ?? ',';
  try {
    const records = parse(text, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    });
    return (records as unknown as { record: string[]; info: { lines: number } }[]).map(({ record, info }) => ({
      cells: record,
      number: info.lines,
    }));
  } catch (error) {
    throw new InputError('the table of pictures is no CSV', { file, found: messageOf(error) }, { cause: error });
  }
}

type Columns = Record<'path' | 'label' | 'split', number> & { readonly hasHeader: boolean };

function columnsOf(first: readonly string[]): Columns {
  const names = first.map((cell) => cell.toLowerCase());
  const at = (of: readonly string[]): number => names.findIndex((name) => of.includes(name));
  const [path, label, split] = [at(COLUMNS.path), at(COLUMNS.label), at(COLUMNS.split)];
  return path >= 0 && label >= 0
    ? { path, label, split, hasHeader: true }
    : { path: 0, label: 1, split: first.length > 2 ? 2 : -1, hasHeader: false };
}

function rowOf(file: string, { cells, number }: Line, { path, label, split }: Columns): Row {
  const place = `line ${number}`;
  const [named, of] = [cells[path] ?? '', cells[label] ?? ''];
  if (named === '' || of === '') throw bad(file, place, JSON.stringify(cells.join(',')), 'a path and a label');
  const normal = posix.normalize(named.replaceAll('\\', '/'));
  if (!isInside(normal)) throw bad(file, place, named, 'a path within the folder, relative to it');
  if (split < 0) return { path: normal, label: of, set: undefined };
  const set = SETS[(cells[split] ?? '').toLowerCase()];
  if (set === undefined) throw bad(file, place, JSON.stringify(cells[split] ?? ''), 'train, val or test as split');
  return { path: normal, label: of, set };
}

function isInside(path: string): boolean {
  const normal = posix.normalize(path.replaceAll('\\', '/'));
  return !posix.isAbsolute(normal) && !/^[a-z]:/i.test(normal) && normal !== '..' && !normal.startsWith('../');
}

function bad(file: string, place: string | undefined, found: string, expected: string): InputError {
  return new InputError('the table of pictures cannot be used', {
    file,
    ...(place !== undefined && { place }),
    found,
    expected,
  });
}

/** @throws InputError, and what the system throws */
export async function readTable(folder: string, root: string, csv: string): Promise<FoundSets> {
  const rows = await readRows(folder, csv);
  const folders = [...new Set(rows.map(({ path }) => posix.dirname(path)))];
  const there = new Set<string>();
  const stamps = await inParallel(folders, async (name) => {
    const path = join(folder, name);
    const entries = await entriesOf(path, root).catch(() => undefined);
    if (entries === undefined) return [];
    for (const file of [...entries.pictures, ...entries.others]) there.add(posix.join(name, file));
    return [await folderStamp(path)];
  });
  const found = rows.filter(({ path }) => there.has(path));
  const hasTest = rows.some(({ set }) => set === 'test');
  const hasSplit = rows.some(({ set }) => set !== undefined);
  const testSet: SetName = hasTest ? 'test' : 'val';
  const unused = hasTest ? found.filter(({ set }) => set === 'val').length : 0;
  return {
    train: byClass(found.filter(({ set }) => set === undefined || set === 'train')),
    test: rows.some(({ set }) => set === testSet) ? byClass(found.filter(({ set }) => set === testSet)) : undefined,
    isTable: true,
    groups: [{ name: csv, files: found.map(({ path }) => path) }],
    stamps: [await folderStamp(join(folder, csv)), ...stamps.flat()],
    notes: [
      ...(hasSplit ? [`test images by split ${testSet} of ${csv}`] : [`labels from ${csv}`]),
      ...(unused === 0 ? [] : [`${unused} of split val are not used`]),
    ],
    emptiness: { loose: 0, unread: 0, outside: 0 },
    absent: rows.flatMap(({ path }) => (there.has(path) ? [] : [path])),
  };
}

/** In the order of the table. */
function byClass(rows: readonly Row[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { path, label } of rows) {
    const files = found.get(label) ?? [];
    files.push(path);
    found.set(label, files);
  }
  return found;
}
