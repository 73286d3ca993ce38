/** Of which epoch each checkpoint is: by its name, by what it says, or by what tells its name from the others'. */
import { basename } from 'node:path';
import { InputError } from '../../common/errors';
import { WEIGHTS_FILE } from '../weights/parse';

export interface Dated {
  readonly path: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** `epoch-03`, `ep3`, `resnet20_e03`: what follows a word for it. A hash's e is preceded by a digit or a letter. */
const NAMED = [/(?:^|[^a-z])ep(?:och)?s?[-_=. ]?(\d{1,5})(?!\d)/i, /(?:^|[-_. ])e[-_=]?(\d{1,5})(?![\da-z])/i];

/**
 * The epochs, in the files' order.
 *
 * @param given what a person said, in that order
 * @throws InputError where two are of one epoch, or nothing says which is of which
 */
export function epochsOf(files: readonly Dated[], given?: readonly number[]): number[] {
  if (given !== undefined && given.length !== files.length) {
    throw new InputError('not an epoch for each file', {
      ...{ place: '--epochs', found: `${given.length} epochs`, expected: `${files.length}, one for each of` },
      advice: files.map(({ path }) => basename(path)).join(', '),
    });
  }
  const numbered = numbersThatDiffer(files);
  const epochs = files.map((file, index) => given?.[index] ?? epochOf(file) ?? numbered?.[index]);
  // One alone is of the only epoch that there is.
  const known = files.length === 1 && epochs[0] === undefined ? [1] : epochs;
  const unknown = files[known.indexOf(undefined)];
  if (unknown !== undefined) {
    throw new InputError('nothing says of which epoch this is', {
      file: unknown.path,
      expected: 'a name such as epoch-003.pth, or "epoch" in the file',
      advice: 'Rename it, or give the epochs by --epochs in the order of the file names.',
    });
  }
  const certain = known.filter((epoch) => epoch !== undefined);
  refuseClashes(files, certain);
  return certain;
}

function epochOf({ path, metadata }: Dated): number | undefined {
  const name = stem(path);
  const digits = NAMED.map((pattern) => pattern.exec(name)?.[1]).find((match) => match !== undefined);
  if (digits !== undefined) return Number(digits);
  const said = metadata['epoch'];
  return said !== undefined && /^\d{1,5}$/.test(said) ? Number(said) : undefined;
}

/** Where names are alike but for numbers, the first of these that is another in each: `model_10.pth`, `model_20.pth`. */
function numbersThatDiffer(files: readonly Dated[]): number[] | undefined {
  const names = files.map(({ path }) => stem(path));
  const template = (name: string): string => name.replace(/\d+/g, '#');
  const isAlike = names.every((name) => template(name) === template(names[0] ?? ''));
  if (!isAlike || names.length < 2) return undefined;
  const numbers = names.map((name) => (name.match(/\d+/g) ?? []).map(Number));
  const position = (numbers[0] ?? []).findIndex(
    (_, place) => new Set(numbers.map((row) => row[place])).size === names.length,
  );
  const chosen = numbers.map((row) => row[position] ?? Infinity);
  return position >= 0 && Math.max(...chosen) < 100_000 ? chosen : undefined;
}

function refuseClashes(files: readonly Dated[], epochs: readonly number[]): void {
  const second = epochs.findIndex((epoch, index) => epochs.indexOf(epoch) < index);
  if (second < 0) return;
  const epoch = epochs[second] ?? 0;
  const first = files[epochs.indexOf(epoch)];
  throw new InputError('two checkpoints of one epoch', {
    file: files[second]?.path ?? '',
    found: `epoch ${epoch}, as ${basename(first?.path ?? '')} is`,
    expected: 'one checkpoint an epoch',
    advice: 'Name the files that are meant instead of their folder, or give the epochs by --epochs.',
  });
}

function stem(path: string): string {
  return basename(path).replace(WEIGHTS_FILE, '');
}
