/** A folder of a published benchmark's arrays: which files are in it, and of what. */
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createClassIndices, type ClassIndices } from '../../common/classIndices';
import { InputError, messageOf } from '../../common/errors';
import { systemReason } from '../../common/reasons';
import { openNpy, type NpyFile } from '../../datasets/npy/file';
import { describeArray } from '../../datasets/npy/header';
import { imageArray, type ImageArray } from '../../datasets/npy/images';
import { countClasses, readLabels } from '../../datasets/npy/labels';
import {
  compareNames,
  STANDARD_CORRUPTIONS,
  STANDARD_SEQUENCES,
  type BenchmarkKind,
} from '../../measures/benchmark/names';

/** Of every corruption, one behind the other in its file. */
const SEVERITIES = 5;

export interface BenchmarkFile {
  readonly kind: BenchmarkKind;
  /** Without `.npy`. */
  readonly name: string;
  /** All images: of all severities, of all frames. */
  readonly array: ImageArray;
  /** Images of a severity or a test set, or sequences. */
  readonly images: number;
  /** Of an image: severities of a corruption, frames of a sequence, else 1. */
  readonly each: number;
  /** Of the first severity on, [images · each]; of sequences 0, as nothing is asked of them. */
  readonly labels: ClassIndices;
}

export interface BenchmarkFolder {
  readonly title: string;
  readonly files: readonly BenchmarkFile[];
  readonly missing: readonly string[];
  readonly skipped: readonly { readonly name: string; readonly why: string }[];
}

const LABELS = 'labels.npy';
const WANTED =
  'CIFAR-10-C or CIFAR-100-C (a file for each corruption, and labels.npy), CIFAR-10-P (a file for each sequence), or CIFAR-10.1 (NAME_data.npy and NAME_labels.npy)';

/**
 * Whatever arrays of images are there: a folder with some of the published files is one, too.
 * @param classes of the network
 * @throws InputError where there is none, or one of them does not fit its labels or the network
 */
export async function openBenchmark(folder: string, classes: number): Promise<BenchmarkFolder> {
  const names = (await list(folder)).filter((name) => /\.npy$/i.test(name)).sort();
  const isLabels = (name: string): boolean => name === LABELS || /_labels\.npy$/.test(name);
  const labels = names.includes(LABELS) ? await labelsOf(join(folder, LABELS), classes) : undefined;
  const files: BenchmarkFile[] = [];
  const skipped: { name: string; why: string }[] = [];
  for (const name of names.filter((each) => !isLabels(each))) {
    const npy = await openNpy(join(folder, name));
    const own = name.replace(/_data\.npy$/, '_labels.npy');
    if (own !== name && names.includes(own)) files.push(testSet(npy, await labelsOf(join(folder, own), classes)));
    else if (npy.shape.length === 5) files.push(sequence(npy, classes));
    else if (npy.shape.length === 4 && labels !== undefined) files.push(corruption(npy, labels));
    else skipped.push({ name, why: npy.shape.length === 4 ? `no ${LABELS} beside it` : describeArray(npy) });
  }
  if (files.length === 0) throw nothing(folder, names, skipped);
  files.sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || compareNames(a.kind, a.name, b.name));
  return { title: basename(folder), files, missing: missingOf(files), skipped };
}

const KINDS: readonly BenchmarkKind[] = ['corruption', 'sequence', 'testSet'];

async function list(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: unknown) => {
    const found = systemReason(error) ?? messageOf(error);
    throw new InputError('the benchmark’s folder cannot be read', { file: folder, found, expected: WANTED });
  });
}

function nothing(folder: string, names: readonly string[], skipped: BenchmarkFolder['skipped']): InputError {
  const [first] = skipped;
  return new InputError('the folder has no arrays of a benchmark', {
    file: folder,
    found:
      first !== undefined
        ? `${first.name}: ${first.why}`
        : names.length > 0
          ? `only ${names.join(', ')}`
          : 'no .npy file',
    expected: WANTED,
  });
}

/** @throws InputError where they are no classes of the network, or of another one's */
async function labelsOf(path: string, classes: number): Promise<ClassIndices> {
  const file = await openNpy(path);
  const found = await countClasses(file);
  // Of few images, the last classes may have none.
  const isFew = file.rows < 10 * classes;
  if (found > classes || (found < classes && !isFew))
    throw new InputError('the labels are of other classes than the network’s', {
      file: path,
      found: `labels of 0 to ${found - 1}`,
      expected: `0 to ${classes - 1}`,
    });
  return readLabels(file, classes);
}

const nameOf = ({ path }: NpyFile): string => basename(path).replace(/\.npy$/i, '');

function testSet(npy: NpyFile, labels: ClassIndices): BenchmarkFile {
  const array = imageArray(npy);
  requireLabels(array, labels);
  const name = nameOf(npy).replace(/_data$/, '');
  return { kind: 'testSet', name, array, images: array.rows, each: 1, labels };
}

function corruption(npy: NpyFile, labels: ClassIndices): BenchmarkFile {
  const array = imageArray(npy);
  requireLabels(array, labels);
  const images = array.rows / SEVERITIES;
  const isRepeated = labels.every((label, at) => at < images || label === labels[at - images]);
  if (Number.isInteger(images) && isRepeated)
    return { kind: 'corruption', name: nameOf(npy), array, images, each: SEVERITIES, labels };
  throw new InputError('the file does not hold the same images at five severities', {
    file: npy.path,
    found: isRepeated ? describeArray(npy) : 'labels that differ between severities',
    expected: `all images at severity 1, then at 2, … ${SEVERITIES}`,
  });
}

function requireLabels({ path, rows }: NpyFile, labels: ClassIndices): void {
  if (labels.length === rows) return;
  throw new InputError('the labels do not fit the images', {
    file: path,
    found: `${labels.length} labels`,
    expected: `${rows}, as many as images`,
  });
}

/** Frames lie in C order: each is read as an image of its own. */
function sequence(npy: NpyFile, classes: number): BenchmarkFile {
  const [images = 0, frames = 0, ...inner] = npy.shape;
  if (frames < 2)
    throw new InputError('sequences of one frame', {
      file: npy.path,
      found: describeArray(npy),
      expected: 'two at least',
    });
  const rows = images * frames;
  const array = imageArray({ ...npy, shape: [rows, ...inner], rows, rowBytes: npy.rowBytes / frames });
  return {
    kind: 'sequence',
    name: nameOf(npy),
    array,
    images,
    each: frames,
    labels: createClassIndices(classes, rows),
  };
}

/** Of the kinds of which there is one at least. */
function missingOf(files: readonly BenchmarkFile[]): string[] {
  const standard = { corruption: STANDARD_CORRUPTIONS, sequence: STANDARD_SEQUENCES, testSet: [] } as const;
  return KINDS.flatMap((kind) => {
    const there = files.filter((file) => file.kind === kind).map(({ name }) => name);
    return there.length === 0 ? [] : standard[kind].filter((name) => !there.includes(name));
  });
}
