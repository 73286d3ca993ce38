/** What is said where a network from a file computes something else here than elsewhere. */
import { InputError } from '../common/errors';
import type { Verification } from '../models/graph/verify';

/** @param than what it was compared with: "onnxruntime" @param of whose logits these are @param tolerance of the largest */
export function differs(
  file: string,
  { difference, relative, firstNotFinite }: Verification,
  { than, of, tolerance }: { readonly than: string; readonly of: string; readonly tolerance: number },
): InputError {
  return new InputError(`the network computes something else here than ${than}`, {
    file,
    ...(firstNotFinite && { place: `node ${firstNotFinite.node} (${firstNotFinite.operator})` }),
    found:
      firstNotFinite === undefined
        ? `logits ${of} that differ by ${difference.toPrecision(3)}, ${relative.toExponential(1)} of the largest`
        : 'values that are no numbers',
    expected: `the same to ${tolerance} of the largest`,
    advice: 'Nothing was written. Please report it, with the file if you may share it.',
  });
}
