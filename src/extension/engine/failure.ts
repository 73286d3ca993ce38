import { CancelledError, InputError, WorkError } from '../../common/errors';
import { RequestError } from '../../protocol/peer';

/** Converts a failure of the engine to an error that commands show in its own words. */
export function failure(error: unknown): Error {
  if (!(error instanceof RequestError)) return error instanceof Error ? error : new Error(String(error));
  const { reason, message } = error.failure;
  if (reason === 'cancelled') return new CancelledError();
  return reason === 'refused' ? new InputError(message) : new WorkError(message);
}
