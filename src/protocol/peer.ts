/** One end of a channel between two programs: asks and answers. Every request is answered, whatever happens. */
import type * as z from 'zod/mini';
import type {
  Contract,
  EventName,
  EventValue,
  Handler,
  Handlers,
  Listeners,
  Params,
  Progress,
  RequestName,
  Result,
} from './contract';
import { messageSchema, type Failure, type Message } from './messages';

/** A request that was not answered with a result. */
export class RequestError extends Error {
  override readonly name = 'RequestError';

  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

export interface RequestOptions<P> {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((value: P) => void) | undefined;
}

export interface Peer<Mine extends Contract, Theirs extends Contract> {
  /** @throws RequestError */
  request<N extends RequestName<Theirs>>(
    name: N,
    params: Params<Theirs, N>,
    options?: RequestOptions<Progress<Theirs, N>>,
  ): Promise<Result<Theirs, N>>;
  notify<N extends EventName<Mine>>(name: N, value: EventValue<Mine, N>): void;
  /** Takes in whatever the channel delivered. What is no message of the contract is refused, and said. */
  receive(message: unknown): void;
  /** Fails all that is still open on both sides: the other program is gone. */
  close(message: string): void;
}

export interface PeerOptions<Mine extends Contract, Theirs extends Contract> {
  /** What this side answers, and tells. */
  readonly mine: Mine;
  readonly handlers: Handlers<Mine>;
  /** What the other side answers, and tells. */
  readonly theirs: Theirs;
  readonly listeners?: Listeners<Theirs>;
  readonly send: (message: Message) => void;
  /** Told of messages that were refused, and of defects in handlers; for the log. */
  readonly onWarning: (text: string, error?: unknown) => void;
  /** What a handler's error is to whoever asked. By default it failed, with the error's message. */
  readonly failureOf?: (error: unknown) => Failure;
}

interface OpenRequest {
  readonly name: string;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: RequestError) => void;
  readonly progress: ((value: unknown) => void) | undefined;
}

export function createPeer<Mine extends Contract, Theirs extends Contract>(
  options: PeerOptions<Mine, Theirs>,
): Peer<Mine, Theirs> {
  const { mine, theirs, send, onWarning, failureOf = defaultFailure } = options;
  const handlers = options.handlers as Readonly<Record<string, Handler<Contract, string>>>;
  const listeners = (options.listeners ?? {}) as Readonly<Record<string, (value: unknown) => void>>;
  const asked = new Map<number, OpenRequest>();
  const answering = new Map<number, AbortController>();
  let lastId = 0;

  async function answer(id: number, name: string, params: unknown): Promise<void> {
    const contract = own(mine.requests, name);
    const handler = own(handlers, name);
    const checked = contract?.params.safeParse(params);
    if (handler === undefined || checked?.success !== true) {
      const message = `a request that is not understood: ${name}${misfit(checked?.error)}`;
      onWarning(message);
      send({ kind: 'failure', id, failure: { reason: 'refused', message } });
      return;
    }
    const controller = new AbortController();
    answering.set(id, controller);
    try {
      const progress = (value: unknown): void => {
        if (!controller.signal.aborted) send({ kind: 'progress', id, value });
      };
      const value = await handler(checked.data, { signal: controller.signal, progress });
      send({ kind: 'result', id, value });
    } catch (error) {
      const failure = controller.signal.aborted ? CANCELLED : failureOf(error);
      if (failure.reason === 'failed') onWarning(`${name} failed`, error);
      send({ kind: 'failure', id, failure });
    } finally {
      answering.delete(id);
    }
  }

  /** A result or progress that breaks the contract is a defect of the other side. */
  function check(id: number, part: 'progress' | 'result', value: unknown): unknown {
    const request = asked.get(id);
    const checked = theirs.requests[request?.name ?? '']?.[part].safeParse(value);
    if (checked?.success === true) return checked.data;
    const message = `an answer that is not understood: ${request?.name ?? ''} ${part}${misfit(checked?.error)}`;
    onWarning(message);
    asked.delete(id);
    request?.reject(new RequestError({ reason: 'failed', message }));
    return undefined;
  }

  function settle(id: number): OpenRequest | undefined {
    const request = asked.get(id);
    asked.delete(id);
    return request;
  }

  function take(message: Message): void {
    switch (message.kind) {
      case 'request':
        void answer(message.id, message.name, message.params);
        break;
      case 'cancel':
        answering.get(message.id)?.abort();
        break;
      case 'progress': {
        // Of a request that was given up nothing is wanted any more.
        if (!asked.has(message.id)) break;
        const value = check(message.id, 'progress', message.value);
        if (value !== undefined) asked.get(message.id)?.progress?.(value);
        break;
      }
      case 'result': {
        if (!asked.has(message.id)) break;
        const value = check(message.id, 'result', message.value);
        settle(message.id)?.resolve(value);
        break;
      }
      case 'failure':
        settle(message.id)?.reject(new RequestError(message.failure));
        break;
      case 'event': {
        const checked = own(theirs.events, message.name)?.safeParse(message.value);
        if (checked?.success === true) own(listeners, message.name)?.(checked.data);
        else onWarning(`an event that is not understood: ${message.name}`);
      }
    }
  }

  return {
    request(name, params, { signal, progress } = {}) {
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        if (signal?.aborted === true) {
          reject(new RequestError(CANCELLED));
          return;
        }
        asked.set(id, {
          name,
          resolve: resolve as (value: unknown) => void,
          reject,
          progress: progress as ((value: unknown) => void) | undefined,
        });
        signal?.addEventListener('abort', () => {
          const request = settle(id);
          if (request === undefined) return;
          send({ kind: 'cancel', id });
          request.reject(new RequestError(CANCELLED));
        });
        send({ kind: 'request', id, name, params });
      });
    },
    notify(name, value) {
      send({ kind: 'event', name, value });
    },
    receive(message) {
      const parsed = messageSchema.safeParse(message);
      if (parsed.success) take(parsed.data);
      else onWarning(`a message that is not understood${misfit(parsed.error)}`);
    },
    close(message) {
      for (const id of [...asked.keys()]) settle(id)?.reject(new RequestError({ reason: 'gone', message }));
      for (const controller of answering.values()) controller.abort();
    },
  };
}

/** Where a message differs from the contract first: `, at params.epoch`. */
export function misfit(error: z.core.$ZodError | undefined): string {
  const path = error?.issues[0]?.path.map(String) ?? [];
  return path.length === 0 ? '' : `, at ${path.join('.').slice(0, 100)}`;
}

/** Not what every object has, such as "constructor": names come from the other side. */
function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

const CANCELLED: Failure = { reason: 'cancelled', message: 'cancelled' };

function defaultFailure(error: unknown): Failure {
  return { reason: 'failed', message: error instanceof Error ? error.message : String(error) };
}
