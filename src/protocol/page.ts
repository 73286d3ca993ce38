/**
 * How a panel's page and the extension share a channel. A page can be thrown away and loaded again while answers for
 * its predecessor are still on their way, so every message says which loading of the page it belongs to.
 */
import * as z from 'zod/mini';

export const envelopeSchema = z.object({
  /** Chosen by the page when it loads. */
  page: z.string().check(z.minLength(1), z.maxLength(64)),
  message: z.unknown(),
});
export type Envelope = z.output<typeof envelopeSchema>;
