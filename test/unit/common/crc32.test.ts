import { describe, expect, it } from 'vitest';
import { crc32 } from '../../../src/common/crc32';

describe('crc32', () => {
  it("gives the standard's check value", () => {
    expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926);
    expect(crc32(new Uint8Array())).toBe(0);
  });
});
