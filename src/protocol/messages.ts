/** What travels between two programs. Values keep their typed arrays: both channels copy structurally. */
import * as z from 'zod/mini';

/** Why a request was not answered with a result. */
export const failureSchema = z.object({
  /**
   * refused: the request was wrong; failed: it was right, and the work failed; cancelled: whoever asked gave it up;
   * gone: the program that was asked ended before it answered.
   */
  reason: z.enum(['refused', 'failed', 'cancelled', 'gone']),
  message: z.string(),
});
export type Failure = z.output<typeof failureSchema>;

export const messageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('request'), id: z.int(), name: z.string(), params: z.unknown() }),
  z.object({ kind: z.literal('cancel'), id: z.int() }),
  z.object({ kind: z.literal('progress'), id: z.int(), value: z.unknown() }),
  z.object({ kind: z.literal('result'), id: z.int(), value: z.unknown() }),
  z.object({ kind: z.literal('failure'), id: z.int(), failure: failureSchema }),
  z.object({ kind: z.literal('event'), name: z.string(), value: z.unknown() }),
]);
export type Message = z.output<typeof messageSchema>;
