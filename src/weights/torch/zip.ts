/**
 * The zip archive that torch.save writes: `NAME/data.pkl`, and `NAME/data/KEY` for each storage, none of them compressed.
 * Entries are parts of the file as it lies in memory; nothing is unpacked or written.
 */
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { InputError } from '../../common/errors';
import { NoWeightsError } from '../noWeights';

/** A file of weights has one for each tensor and a handful more. */
const MOST_ENTRIES = 20_000;
const LINK = 0o120000;
const KIND = 0o170000;

/** The entries' bytes by their path within the archive's one folder. @throws InputError with a reason */
export async function readTorchZip(bytes: Uint8Array, file: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const fail = (found: string, place?: string): InputError =>
    new InputError('not an archive of torch.save', { file, ...(place === undefined ? {} : { place }), found });
  let zip: ZipFile;
  try {
    zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), { lazyEntries: true });
  } catch (error) {
    throw fail(reasonOf(error as Error));
  }
  if (zip.entryCount > MOST_ENTRIES) throw fail(`${zip.entryCount} entries`);
  const contents = new Map<string, Uint8Array>();
  let total = 0;
  const take = async (entry: Entry): Promise<void> => {
    const place = `entry ${entry.fileName.slice(0, 200)}`;
    const objection = objectionTo(entry);
    if (objection !== undefined) throw fail(objection, place);
    total += entry.uncompressedSize;
    if (total > bytes.length) throw fail('entries of more bytes than the file has', place);
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    const end = fileDataStart + entry.uncompressedSize;
    if (end > bytes.length) throw fail('an entry that is cut short', place);
    const name = entry.fileName.slice(entry.fileName.indexOf('/') + 1);
    if (contents.has(name)) throw fail('two entries of one name', place);
    contents.set(name, bytes.subarray(fileDataStart, end));
  };
  try {
    const entries: Entry[] = [];
    for await (const entry of zip.eachEntry()) entries.push(entry);
    if (entries.some(({ fileName }) => fileName.endsWith('/constants.pkl'))) throw torchScript(file);
    for (const entry of entries) await take(entry);
  } catch (error) {
    throw error instanceof InputError ? error : fail(reasonOf(error as Error));
  }
  return contents;
}

function torchScript(file: string): InputError {
  const advice = 'Save the weights alone: torch.save(model.state_dict(), "weights.pth").';
  return new NoWeightsError('a TorchScript program', { file, advice });
}

const REASONS: readonly (readonly [library: RegExp, found: string])[] = [
  [
    /central directory record signature not found/,
    'no directory of a zip archive at its end: it is cut short, or none',
  ],
  [/absolute path|relative path|invalid characters/, 'an entry whose path leads out of the archive'],
  [/multi-disk/, 'a part of an archive of several files'],
  [/[Ee]ncrypt/, 'an archive that is encrypted'],
];

/** In our words what the library says. */
function reasonOf({ message }: Error): string {
  return REASONS.find(([library]) => library.test(message))?.[1] ?? 'an archive that is damaged';
}

/** Why an entry is none of torch.save's. Paths that lead out are refused by the library. */
function objectionTo({ fileName, compressionMethod, compressedSize, uncompressedSize, ...entry }: Entry) {
  if (((entry.externalFileAttributes >>> 16) & KIND) === LINK) return 'a symbolic link';
  if (fileName.endsWith('/')) return 'a folder';
  if ((entry.generalPurposeBitFlag & 1) !== 0) return 'an entry that is encrypted';
  if (compressionMethod !== 0) return `an entry that is compressed, to be ${uncompressedSize} bytes`;
  if (compressedSize !== uncompressedSize) return 'an entry of two sizes';
  return undefined;
}
