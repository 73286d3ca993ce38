import { describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import type { RequestError } from '../../../src/protocol/peer';
import { createPeer, type PeerOptions } from '../../../src/protocol/peer';

const server = {
  requests: {
    halve: { params: z.object({ of: z.number() }), progress: z.number(), result: z.number() },
    wait: { params: z.object({}), progress: z.never(), result: z.string() },
  },
  events: { ready: z.string() },
} as const;
const client = { requests: {}, events: {} } as const;

type Server = PeerOptions<typeof server, typeof client>;

/** Two ends of a channel that delivers at once, and what was complained of on either. */
function connect(handlers: Partial<Server['handlers']> = {}) {
  const complaints: string[] = [];
  const onWarning = (text: string): void => void complaints.push(text);
  const ready = vi.fn();
  const asking = createPeer({
    mine: client,
    handlers: {},
    theirs: server,
    listeners: { ready },
    send: (message) => answering.receive(structuredClone(message)),
    onWarning,
  });
  const answering = createPeer<typeof server, typeof client>({
    mine: server,
    theirs: client,
    handlers: {
      halve: ({ of }, { progress }) => {
        progress(of);
        return of / 2;
      },
      wait: (_, { signal }) =>
        new Promise((resolve) => signal.addEventListener('abort', () => resolve('given up'), { once: true })),
      ...handlers,
    },
    send: (message) => asking.receive(structuredClone(message)),
    onWarning,
  });
  return { asking, answering, complaints, ready };
}

const failureOf = async (request: Promise<unknown>) =>
  request.then(
    () => undefined,
    (error: unknown) => (error as RequestError).failure,
  );

describe('a request', () => {
  it('is answered, after its progress', async () => {
    const { asking } = connect();
    const said: number[] = [];
    expect(await asking.request('halve', { of: 6 }, { progress: (value) => said.push(value) })).toBe(3);
    expect(said).toEqual([6]);
  });

  it('fails with the message of what was thrown', async () => {
    const { asking, complaints } = connect({
      halve: () => {
        throw new Error('no halves left');
      },
    });
    expect(await failureOf(asking.request('halve', { of: 1 }))).toEqual({
      reason: 'failed',
      message: 'no halves left',
    });
    expect(complaints).toEqual(['halve failed']);
  });

  it('with wrong parameters is refused', async () => {
    const { asking, complaints } = connect();
    const failure = await failureOf(asking.request('halve', { of: 'six' as unknown as number }));
    expect(failure?.reason).toBe('refused');
    expect(complaints[0]).toMatch(/halve/);
  });

  it('whose answer breaks the contract fails on the asking side', async () => {
    const { asking } = connect({ halve: () => 'three' as unknown as number });
    expect((await failureOf(asking.request('halve', { of: 6 })))?.reason).toBe('failed');
  });

  it('that is given up is cancelled on both sides', async () => {
    const { asking } = connect();
    const controller = new AbortController();
    const request = asking.request('wait', {}, { signal: controller.signal });
    controller.abort();
    expect((await failureOf(request))?.reason).toBe('cancelled');
    expect((await failureOf(asking.request('wait', {}, { signal: controller.signal })))?.reason).toBe('cancelled');
  });

  it('to a program that ends is answered all the same', async () => {
    const { asking } = connect();
    const request = asking.request('wait', {});
    asking.close('it has ended');
    expect(await failureOf(request)).toEqual({ reason: 'gone', message: 'it has ended' });
  });
});

describe('what is no message of the contract', () => {
  it.each([
    ['nothing', undefined],
    ['a text', 'hello'],
    ['an unknown kind', { kind: 'command', id: 1 }],
    ['a request without an id', { kind: 'request', name: 'halve', params: { of: 2 } }],
  ])('%s is refused and said', (_, message) => {
    const { answering, complaints } = connect();
    answering.receive(message);
    expect(complaints).toHaveLength(1);
  });

  it.each(['nonsense', 'constructor', '__proto__', 'toString'])('a request named %s is refused', async (name) => {
    const { answering, complaints } = connect();
    answering.receive({ kind: 'request', id: 1, name, params: {} });
    await Promise.resolve();
    expect(complaints).toHaveLength(1);
    answering.receive({ kind: 'event', name, value: {} });
    expect(complaints).toHaveLength(2);
  });

  it('answers to requests that were never made are passed over', () => {
    const { asking, complaints } = connect();
    asking.receive({ kind: 'result', id: 99, value: 1 });
    asking.receive({ kind: 'progress', id: 99, value: 1 });
    expect(complaints).toEqual([]);
  });
});

it('an event is told, and checked', () => {
  const { asking, answering, ready, complaints } = connect();
  answering.notify('ready', 'now');
  expect(ready).toHaveBeenCalledWith('now');
  asking.receive({ kind: 'event', name: 'ready', value: 3 });
  expect(complaints).toHaveLength(1);
});
