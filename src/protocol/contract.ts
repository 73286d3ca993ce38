/** What one program may ask of another, and be told by it, checked at run time on the receiving side. */
import type * as z from 'zod/mini';

export interface RequestContract {
  readonly params: z.ZodMiniType;
  /** What may come before the result, any number of times. */
  readonly progress: z.ZodMiniType;
  readonly result: z.ZodMiniType;
}

export interface Contract {
  /** By name: what this program answers. */
  readonly requests: Readonly<Record<string, RequestContract>>;
  /** By name: what this program says unasked. */
  readonly events: Readonly<Record<string, z.ZodMiniType>>;
}

export type RequestName<C extends Contract> = keyof C['requests'] & string;
export type Params<C extends Contract, N extends RequestName<C>> = z.output<C['requests'][N]['params']>;
export type Progress<C extends Contract, N extends RequestName<C>> = z.output<C['requests'][N]['progress']>;
export type Result<C extends Contract, N extends RequestName<C>> = z.output<C['requests'][N]['result']>;
export type EventName<C extends Contract> = keyof C['events'] & string;
export type EventValue<C extends Contract, N extends EventName<C>> = z.output<C['events'][N]>;

/** What answers a request. It throws to fail; the signal is raised when whoever asked gives up. */
export type Answer<R extends RequestContract> = (
  params: z.output<R['params']>,
  context: { readonly signal: AbortSignal; readonly progress: (value: z.output<R['progress']>) => void },
) => Promise<z.output<R['result']>> | z.output<R['result']>;
export type Handler<C extends Contract, N extends RequestName<C>> = Answer<C['requests'][N]>;

export type Handlers<C extends Contract> = { readonly [N in RequestName<C>]: Handler<C, N> };
export type Listeners<C extends Contract> = { readonly [N in EventName<C>]?: (value: EventValue<C, N>) => void };
