/**
 * What torch.save writes, in its two formats: a zip archive, and before PyTorch 1.6 five pickles in a row followed by
 * the storages (torch/serialization.py). No code of the file is run: see `src/pickle`.
 */
import { InputError } from '../../common/errors';
import { NoWeightsError } from '../noWeights';
import { BYTES_PER_ELEMENT } from '../../common/storedNumbers';
import { interpretPickle } from '../../pickle/interpret';
import { ByteReader } from '../../pickle/reader';
import { Opaque, OpaqueStorage, type Storage, type Value } from '../../pickle/values';
import type { StoredFile } from '../stored';
import { torchNames, type Storages } from './names';
import { dictsIn, objectInPlace } from './stateDicts';
import { readTorchZip } from './zip';

/** Of the legacy format: 0x1950a86a20f9469cfc6c. */
const MAGIC = 0x1950a86a20f9469cfc6cn;
const LEGACY_PROTOCOL = 1001;

/** @throws InputError that names the file, and what is wrong in it */
export async function parseTorchZip(bytes: Uint8Array, file: string): Promise<StoredFile> {
  const entries = await readTorchZip(bytes, file);
  const pickle = entries.get('data.pkl');
  if (pickle === undefined) {
    const advice = 'Save the weights alone: torch.save(model.state_dict(), "weights.pth").';
    throw new InputError('not an archive of torch.save', { file, found: 'a zip archive without data.pkl', advice });
  }
  const order = entries.get('byteorder');
  if (order !== undefined && Buffer.from(order).toString('latin1').trim() !== 'little') throw bigEndian(file);
  const storages: Storages = new Map();
  const value = interpretPickle(new ByteReader(pickle, file), torchNames(storages));
  for (const storage of storages.values()) {
    if (!(storage instanceof OpaqueStorage)) fill(storage, entries.get(`data/${storage.key}`), file);
  }
  return dictsIn(value, file);
}

/** @throws InputError that names the file, and what is wrong in it */
export function parseTorchLegacy(bytes: Uint8Array, file: string): StoredFile {
  const reader = new ByteReader(bytes, file);
  const storages: Storages = new Map();
  const names = torchNames(storages);
  const next = (): Value => interpretPickle(reader, names);
  // A plain pickle has no magic number; it is interpreted all the same, for what it names is worth saying.
  const magic = next();
  if (magic instanceof Opaque) throw objectInPlace(magic, file);
  if (magic !== MAGIC) {
    throw new NoWeightsError('a pickle, but not of torch.save', {
      file,
      expected: 'a file written by torch.save',
      advice: 'Save the weights by torch.save(model.state_dict(), "weights.pth").',
    });
  }
  if (next() !== LEGACY_PROTOCOL) throw reader.fail('a format of torch.save that is not known');
  const system = next();
  if (system instanceof Map && system.get('little_endian') === false) throw bigEndian(file);
  const value = next();
  const keys = next();
  if (!Array.isArray(keys)) throw reader.fail('not a file of torch.save', 'no list of storages');
  for (const key of keys) takeStorage(reader, storages, key);
  return dictsIn(value, file);
}

/** A count of elements, then the elements. */
function takeStorage(reader: ByteReader, storages: ReadonlyMap<string, Storage | OpaqueStorage>, key: Value): void {
  const storage = typeof key === 'string' ? storages.get(key) : undefined;
  if (storage === undefined) throw reader.fail('not a file of torch.save', 'a storage of no tensor');
  const length = reader.u64();
  if (storage instanceof OpaqueStorage) {
    reader.take(storage.byteLength);
    return;
  }
  if (length !== storage.length) {
    throw reader.fail('a storage of another length', `${length} elements`, `${storage.length}`);
  }
  fill(storage, reader.take(length * BYTES_PER_ELEMENT[storage.dtype]), reader.file);
}

function fill(storage: Storage, bytes: Uint8Array | undefined, file: string): void {
  const expected = storage.length * BYTES_PER_ELEMENT[storage.dtype];
  if (bytes !== undefined && bytes.length === expected) {
    storage.bytes = bytes;
    return;
  }
  throw new InputError(bytes === undefined ? 'a storage that is missing' : 'a storage of another length', {
    file,
    place: `storage ${storage.key.slice(0, 100)}`,
    found: `${bytes?.length ?? 0} bytes`,
    expected: `${expected}`,
  });
}

function bigEndian(file: string): InputError {
  return new InputError('written on a big-endian machine', {
    file,
    found: 'big-endian numbers',
    expected: 'little-endian',
  });
}
