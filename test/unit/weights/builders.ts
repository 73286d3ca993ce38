/** Pickles and zip archives by hand, so that they can be as wrong as a test wants. */
import { deflateRawSync } from 'node:zlib';

/** A pickle of instructions: numbers are bytes, texts are Latin-1. */
export function bytesOf(...parts: readonly (number | string | Uint8Array)[]): Buffer {
  return Buffer.concat(
    parts.map((part) =>
      typeof part === 'number'
        ? Buffer.of(part)
        : typeof part === 'string'
          ? Buffer.from(part, 'latin1')
          : Buffer.from(part),
    ),
  );
}

export const PROTO = '\x80\x02';
export const STOP = '.';

export function text(value: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(Buffer.byteLength(value));
  return bytesOf('X', length, Buffer.from(value));
}

/** A whole number as LONG1, of eight bytes. */
export function long(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(value);
  return bytesOf('\x8a', 8, bytes);
}

export interface PickledTensor {
  readonly key?: string;
  readonly storage?: string;
  readonly length?: bigint;
  readonly offset?: bigint;
  readonly shape?: readonly bigint[];
  readonly strides?: readonly bigint[];
}

/** `_rebuild_tensor_v2` of a storage that lies outside the pickle: two by two numbers by default. */
export function tensor({
  key = '0',
  storage = 'FloatStorage',
  length = 4n,
  offset = 0n,
  shape = [2n, 2n],
  strides = [2n, 1n],
}: PickledTensor = {}): Buffer {
  return bytesOf(
    ...['ctorch._utils\n_rebuild_tensor_v2\n', '(', '('],
    ...[text('storage'), `ctorch\n${storage}\n`, text(key), text('cpu'), long(length), 't', 'Q'],
    ...[long(offset), '(', ...shape.map(long), 't', '(', ...strides.map(long), 't'],
    ...['\x89', 'ccollections\nOrderedDict\n', ')', 'R', 't', 'R'],
  );
}

/** A dict of one tensor, "a.weight". */
export function stateDict(value: Uint8Array): Buffer {
  return bytesOf(PROTO, '}', text('a.weight'), value, 's', STOP);
}

export const NUMBERS = Buffer.from(Float32Array.of(1, 2, 3, 4).buffer);

/** torch.save's old format. */
export function legacyFile(
  pickle: Uint8Array,
  storages: readonly (readonly [key: string, data: Uint8Array])[],
): Buffer {
  const counts = storages.map(([, data]) => {
    const count = Buffer.alloc(8);
    count.writeBigUInt64LE(BigInt(data.length / 4));
    return Buffer.concat([count, data]);
  });
  return bytesOf(
    ...[PROTO, '\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19', STOP],
    ...[PROTO, 'M\xe9\x03', STOP],
    ...[PROTO, '}', text('little_endian'), '\x88', 's', STOP],
    ...[pickle, bytesOf(PROTO, '](', ...storages.map(([key]) => text(key)), 'e', STOP), ...counts],
  );
}

export interface ZipEntry {
  readonly name: string;
  readonly data: Uint8Array;
  readonly compressed?: boolean;
  /** Unix mode. */
  readonly mode?: number;
  /** What the directory says in place of the truth. */
  readonly claimedSize?: number;
  /** Where the directory says it begins, in place of the truth. */
  readonly claimedOffset?: number;
}

/** A zip archive, without the checks that a writer of good ones has. */
export function zipFile(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data, compressed = false, mode = 0o100644, claimedSize, claimedOffset } of entries) {
    const stored = compressed ? deflateRawSync(data) : Buffer.from(data);
    const size = claimedSize ?? data.length;
    const packed = compressed || claimedSize === undefined ? stored.length : claimedSize;
    const method = compressed ? 8 : 0;
    const title = Buffer.from(name);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(method, 8);
    local.writeUInt32LE(packed, 18);
    local.writeUInt32LE(size, 22);
    local.writeUInt16LE(title.length, 26);
    locals.push(local, title, stored);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(0x031e, 4);
    central.writeUInt16LE(method, 10);
    central.writeUInt32LE(packed, 20);
    central.writeUInt32LE(size, 24);
    central.writeUInt16LE(title.length, 28);
    central.writeUInt32LE((mode << 16) >>> 0, 38);
    central.writeUInt32LE(claimedOffset ?? offset, 42);
    directory.push(central, title);
    offset += local.length + title.length + stored.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...directory, end]);
}

/** torch.save's new format. */
export function torchZip(
  pickle: Uint8Array,
  others: readonly ZipEntry[] = [{ name: 'x/data/0', data: NUMBERS }],
): Buffer {
  return zipFile([{ name: 'x/data.pkl', data: pickle }, ...others]);
}
