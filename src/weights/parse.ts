/** Weights of any format, told by the file's first bytes and not by its name. */
import { InputError } from '../common/errors';
import { parseSafetensors } from './safetensors';
import type { StoredFile } from './stored';
import { parseTorchLegacy, parseTorchZip } from './torch/parse';

/** What the names of files of weights end in. */
export const WEIGHTS_FILE = /\.(safetensors|pth|pt|th|ckpt|bin|pth\.tar)$/i;

const ZIP = [0x50, 0x4b, 0x03, 0x04];
/** The instruction PROTO, with which every pickle of protocol 2 and later begins; then the protocol, at most 5. */
const PICKLE = 0x80;
const NEWEST_PROTOCOL = 5;
const BRACE = 0x7b;
/** How a tar archive, PyTorch's format before 0.1.10, says what it is. */
const TAR = { at: 257, text: 'ustar' };

/**
 * safetensors, or what torch.save writes, new or old.
 *
 * @throws InputError that names the file, and what is wrong in it
 */
export async function parseWeights(bytes: Uint8Array, file: string): Promise<StoredFile> {
  if (ZIP.every((byte, index) => bytes[index] === byte)) return parseTorchZip(bytes, file);
  // A header length of safetensors may begin so, too: but its header begins with a brace.
  const isPickle = bytes[0] === PICKLE && (bytes[1] ?? Infinity) <= NEWEST_PROTOCOL && bytes[8] !== BRACE;
  if (isPickle) return parseTorchLegacy(bytes, file);
  const mark = Buffer.from(bytes.subarray(TAR.at, TAR.at + TAR.text.length)).toString('latin1');
  if (mark === TAR.text) {
    const advice = 'Load it with a PyTorch of today and save it again by torch.save.';
    throw new InputError('a tar archive', { file, expected: 'safetensors, or a file of torch.save', advice });
  }
  return { dicts: [parseSafetensors(bytes, file)] };
}
