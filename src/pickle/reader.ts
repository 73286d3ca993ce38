/** Bytes in order, none of them twice, none past the end. */
import { InputError } from '../common/errors';

export class ByteReader {
  private readonly view: DataView;

  constructor(
    readonly bytes: Uint8Array,
    readonly file: string,
    public position = 0,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  fail(summary: string, found?: string, expected?: string): InputError {
    const place = `byte ${this.position}`;
    return new InputError(summary, {
      file: this.file,
      place,
      ...(found === undefined ? {} : { found }),
      ...(expected === undefined ? {} : { expected }),
    });
  }

  take(length: number): Uint8Array {
    const left = this.bytes.length - this.position;
    if (length > left) throw this.fail('cut short', `${left} bytes more`, `${length}`);
    this.position += length;
    return this.bytes.subarray(this.position - length, this.position);
  }

  u8(): number {
    return this.take(1)[0] ?? 0;
  }

  u16(): number {
    return this.view.getUint16(this.advance(2), true);
  }

  i32(): number {
    return this.view.getInt32(this.advance(4), true);
  }

  u32(): number {
    return this.view.getUint32(this.advance(4), true);
  }

  /** A length or a count: what is past exact numbers is past every file. */
  u64(): number {
    return Number(this.view.getBigUint64(this.advance(8), true));
  }

  f64BigEndian(): number {
    return this.view.getFloat64(this.advance(8), false);
  }

  /** Up to the end of the line, of a text that is short in every pickle that means well. */
  line(): string {
    const end = this.bytes.indexOf(0x0a, this.position);
    if (end < 0 || end - this.position > 4096) throw this.fail('not a pickle', 'a line without an end');
    const text = this.take(end - this.position);
    this.position++;
    return latin1(text);
  }

  private advance(length: number): number {
    this.take(length);
    return this.position - length;
  }
}

export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
