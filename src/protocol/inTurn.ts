/** Requests that take turns at the engine. */
import * as z from 'zod/mini';
import { JOBS } from '../common/jobs';
import type { RequestContract } from './contract';

/** The request waits: for a job of another request, or, after that, no longer. */
const waitingSchema = z.object({ kind: z.literal('waiting'), behind: z.nullable(z.enum(JOBS)) });
export type Waiting = z.output<typeof waitingSchema>;

/** A computation takes its turn, and says so where it has to wait for it. */
export function inTurn<R extends RequestContract>({ params, progress, result }: R) {
  return { params, progress: z.union([waitingSchema, progress]), result } as {
    readonly params: R['params'];
    readonly progress: z.ZodMiniUnion<[typeof waitingSchema, R['progress']]>;
    readonly result: R['result'];
  };
}
