/** Reading numbers from a file's bytes. Every decoder throws `Truncated` where the bytes end too early. */
export class Truncated extends Error {
  constructor() {
    super('the file ends too early');
  }
}

export interface Bytes {
  readonly all: Uint8Array;
  readonly length: number;
  u8(at: number): number;
  u16(at: number, littleEndian?: boolean): number;
  u32(at: number, littleEndian?: boolean): number;
  i32(at: number, littleEndian?: boolean): number;
  /** One character a byte. */
  text(at: number, length: number): string;
  slice(at: number, length: number): Uint8Array;
}

/** Big-endian unless told otherwise. */
export function bytesOf(data: Uint8Array): Bytes {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const reading = <T>(at: number, length: number, read: () => T): T => {
    if (at < 0 || at + length > data.length) throw new Truncated();
    return read();
  };
  const slice = (at: number, length: number): Uint8Array => reading(at, length, () => data.subarray(at, at + length));
  return {
    all: data,
    length: data.length,
    u8: (at) => reading(at, 1, () => view.getUint8(at)),
    u16: (at, littleEndian) => reading(at, 2, () => view.getUint16(at, littleEndian)),
    u32: (at, littleEndian) => reading(at, 4, () => view.getUint32(at, littleEndian)),
    i32: (at, littleEndian) => reading(at, 4, () => view.getInt32(at, littleEndian)),
    text: (at, length) => String.fromCharCode(...slice(at, length)),
    slice,
  };
}
