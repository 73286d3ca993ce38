import type { Failure } from '../../protocol/messages';
import { RequestError } from '../../protocol/peer';

/** What the engine said goes on to the page as it is. */
export function failureOf(error: unknown): Failure {
  if (error instanceof RequestError) return error.failure;
  return { reason: 'failed', message: error instanceof Error ? error.message : String(error) };
}
