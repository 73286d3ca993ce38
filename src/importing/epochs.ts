/** Of which epoch each checkpoint is: by what tells its name from the others', and by what it says of itself. */
import { basename } from 'node:path';
import { InputError } from '../common/errors';
import { WEIGHTS_FILE } from '../weights/parse';
import type { ImportQuestion } from '../protocol/importEvents';
import { OpenQuestionError } from '../weights/question';
import { epochIn } from '../weights/facts';
import type { LeftOut } from './files';
import { epochsInNames, type NumbersByName } from './nameEpochs';

export interface ToDate {
  readonly path: string;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface Dated<File> {
  /** In the files' order. */
  readonly dated: readonly { readonly file: File; readonly epoch: number }[];
  /** Files such as `final` and `best` that say no epoch, or one that another is of, among files that do. */
  readonly undated: readonly LeftOut[];
}

/**
 * @param given what a person said, in the files' order
 * @throws InputError where two are of one epoch, or nothing says which is of which
 */
export function epochsOf<File extends ToDate>(files: readonly File[], given?: readonly number[]): Dated<File> {
  if (given !== undefined && given.length !== files.length) {
    throw new InputError('not an epoch for each file', {
      place: '--epochs',
      found: `${given.length} epochs`,
      expected: `${files.length}, one for each of`,
      advice: files.map(({ path }) => basename(path)).join(', '),
    });
  }
  const names = nameEpochsOf(files);
  const epochs = given ?? epochsTold(files, names);
  const dated: { file: File; epoch: number }[] = [];
  const undated: LeftOut[] = [];
  for (const [index, file] of files.entries()) {
    const epoch = epochs[index];
    const twin = files.findIndex((_, other) => other !== index && epoch !== undefined && epochs[other] === epoch);
    if (epoch === undefined) undated.push({ path: file.path, reason: 'nothing says of which epoch it is' });
    else if (twin >= 0 && given === undefined && names[index] === undefined && names[twin] !== undefined) {
      const reason = `it says epoch ${epoch}, as ${basename(files[twin]?.path ?? '')} does, and holds other weights`;
      undated.push({ path: file.path, reason });
    } else dated.push({ file, epoch });
  }
  const question = questionOf(files, epochs);
  const [first] = undated;
  if (dated.length === 0 && first !== undefined) throw nothingSays(first.path, question);
  refuseClashes(dated, question);
  return { dated, undated };
}

/** What the names tell, alone; undefined where one tells nothing. */
export function nameEpochsOf(files: readonly Pick<ToDate, 'path'>[]): NumbersByName {
  const { said, counted } = epochsInNames(files.map(({ path }) => stem(path)));
  return said ?? counted ?? files.map(() => undefined);
}

function epochsTold(files: readonly ToDate[], names: NumbersByName): NumbersByName {
  const inFiles = files.map(({ metadata }) => epochIn(metadata));
  const { said, shared, steps } = epochsInNames(files.map(({ path }) => stem(path)));
  const offset = offsetBetween(names, inFiles);
  const isNamed = names.some((epoch) => epoch !== undefined);
  if (isNamed && (said !== undefined || offset !== 'unlike' || !areDistinct(inFiles))) {
    const shift = offset === 'unlike' ? 0 : offset;
    return names.map((epoch, index) => epoch ?? shifted(inFiles[index], shift));
  }
  const known = inFiles.filter((epoch) => epoch !== undefined).length;
  if (known === files.length || (known > 0 && shared === undefined)) return inFiles;
  // One alone is of the only epoch that there is.
  return shared ?? steps ?? files.map(() => (files.length === 1 ? 1 : undefined));
}

/**
 * By how much names are past what files say: scripts count from 0 or from 1, or name the epochs that are done. Anything
 * else is another count.
 */
function offsetBetween(names: NumbersByName, inFiles: NumbersByName): number | 'unlike' {
  const offsets = names.flatMap((name, index) => {
    const inFile = inFiles[index];
    return name === undefined || inFile === undefined ? [] : [name - inFile];
  });
  const [first = 0] = offsets;
  return offsets.every((offset) => offset === first) && Math.abs(first) <= 1 ? first : 'unlike';
}

function shifted(epoch: number | undefined, by: number): number | undefined {
  return epoch === undefined ? undefined : Math.max(0, epoch + by);
}

function areDistinct(epochs: NumbersByName): boolean {
  return epochs.every((epoch, index) => epoch !== undefined && epochs.indexOf(epoch) === index);
}

/** Which epochs a person would have to give. */
function questionOf(files: readonly ToDate[], epochs: NumbersByName): ImportQuestion {
  return { kind: 'epochs', files: files.map(({ path }, index) => ({ path, epoch: epochs[index] ?? null })) };
}

function refuseClashes(
  dated: readonly { readonly file: ToDate; readonly epoch: number }[],
  question: ImportQuestion,
): void {
  const second = dated.find(({ epoch }, index) => dated.findIndex((each) => each.epoch === epoch) < index);
  if (second === undefined) return;
  const first = dated.find(({ epoch }) => epoch === second.epoch);
  throw new OpenQuestionError(question, 'two checkpoints of one epoch', {
    file: second.file.path,
    found: `epoch ${second.epoch}, as ${basename(first?.file.path ?? '')} is`,
    expected: 'one checkpoint an epoch',
    advice: 'Name the files that are meant instead of their folder, or give the epochs by --epochs.',
  });
}

function nothingSays(file: string, question: ImportQuestion): InputError {
  return new OpenQuestionError(question, 'nothing says of which epoch this is', {
    file,
    expected: 'a name such as epoch-003.pth, or "epoch" in the file',
    advice: 'Rename it, or give the epochs by --epochs in the order of the file names.',
  });
}

function stem(path: string): string {
  // pytorch-cifar's `ckpt.t7.pth`: the ending of Torch 7, which counts nothing.
  return basename(path).replace(WEIGHTS_FILE, '').replace(/\.t7$/i, '');
}
