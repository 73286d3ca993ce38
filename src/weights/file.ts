/** The bytes of a file of weights. */
import { InputError, isReportedError, messageOf } from '../common/errors';
import { errorCode, systemReason } from '../common/reasons';
import { readRegularFile } from '../common/regularFile';
import { assertVouched, voucherBeside } from '../runs';
import { sha256 } from './sha256';

/** Of the largest model with its optimiser's state, several times over: what is larger is not read into memory. */
const MAXIMUM_FILE_BYTES = 2 ** 30;

/** @throws InputError where there is no such file, or none that weights can be in */
export async function readWeightsFile(path: string): Promise<Uint8Array> {
  try {
    return await readRegularFile(path, MAXIMUM_FILE_BYTES);
  } catch (error) {
    if (isReportedError(error)) throw error;
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) {
      throw new InputError('no such weights file', {
        file: path,
        expected: '.safetensors, .onnx, or a file of PyTorch’s torch.save',
        advice: 'A path in a study is meant from the study’s folder, one on the command line from the current folder.',
      });
    }
    const found = systemReason(error) ?? messageOf(error);
    throw new InputError('the file cannot be read', { file: path, found }, { cause: error });
  }
}

/**
 * As {@link readWeightsFile}, by a path that a person names: it may be anybody's file, or a checkpoint of a run, which the
 * run's sums vouch for.
 * @throws InputError where it is one that is not as it was written
 */
export async function readNamedWeights(path: string): Promise<Uint8Array> {
  const bytes = await readWeightsFile(path);
  const voucher = await voucherBeside(path);
  if (voucher !== undefined) assertVouched(path, voucher, await sha256(bytes));
  return bytes;
}
