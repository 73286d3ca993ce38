/** What an animated PNG says of its frames, checked as far as Pillow checks it to show the first. */
import { bytesOf, type Bytes } from '../bytes';
import { Undecodable } from '../undecodable';

export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The part of the picture that an fcTL chunk says. @throws Undecodable where it reaches out of it */
export function readFrame(control: Bytes | undefined, picture: { width: number; height: number }): Frame {
  if (control === undefined) return { left: 0, top: 0, ...picture };
  const frame = { width: control.u32(4), height: control.u32(8), left: control.u32(12), top: control.u32(16) };
  if (frame.left + frame.width <= picture.width && frame.top + frame.height <= picture.height) return frame;
  throw new Undecodable('a frame that reaches out of the picture');
}

/** fcTL and fdAT chunks are numbered in one row. @returns a check of the next chunk, which throws Undecodable */
export function createSequence(): (name: string, content: Uint8Array) => void {
  let last: number | undefined;
  return (name, content) => {
    if (name !== 'fcTL' && name !== 'fdAT') return;
    const number = bytesOf(content).u32(0);
    const expected = last === undefined ? 0 : last + 1;
    if (number !== expected || (last === undefined && name === 'fdAT')) {
      throw new Undecodable('frames that are numbered wrongly');
    }
    last = number;
  };
}

/** @param control the acTL chunk; @param framesAhead whether a frame is announced before the pixels */
export function isAnimated(control: Bytes | undefined, framesAhead: boolean): boolean {
  const frames = control?.u32(0) ?? 0;
  if (frames === 0 || frames > 0x8000_0000) return false;
  // The pixels are a picture of their own where no frame is announced before them.
  return frames + (framesAhead ? 0 : 1) > 1;
}
