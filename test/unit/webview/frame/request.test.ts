import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Waiting } from '../../../../src/protocol/engine';
import { RequestError } from '../../../../src/protocol/peer';
import { createRequest, type RequestOptions, type RequestState } from '../../../../webview/frame/request';

/** The parts of these names are wanted, the chosen one first; a name before a slash is what they are of. */
interface Wanted {
  readonly of: string;
  readonly parts: readonly string[];
}
interface Params {
  readonly part: string;
}
type Progress = { readonly half: true };

const gone = () => new RequestError({ reason: 'gone', message: 'The engine has died.' });

interface Open {
  readonly resolve: (result: string) => void;
  readonly reject: (error: Error) => void;
  readonly progress: (value: Progress | Waiting) => void;
}

/** A part's answer is given when the test says so. */
function harness(more: Partial<RequestOptions<Wanted, Params, Progress, string>> = {}) {
  const got = new Set<string>();
  const asked: string[] = [];
  const aborted: string[] = [];
  const results: string[] = [];
  const states: RequestState[] = [];
  let open: Open;
  const request = createRequest<Wanted, Params, Progress, string>({
    ask: ({ part }, { signal, progress }) =>
      new Promise((resolve, reject) => {
        asked.push(part);
        signal.addEventListener('abort', () => aborted.push(part));
        open = { resolve, reject, progress };
      }),
    missing({ parts }, { stopped, failed }) {
      const candidates = (stopped ? parts.slice(0, 1) : parts).filter((part) => !got.has(part));
      const part = candidates.find((each) => failed.every((other) => other.part !== each));
      return part === undefined ? undefined : { part };
    },
    onResult(result, { part }) {
      got.add(part);
      results.push(result);
    },
    count: ({ parts }) => ({ done: parts.filter((part) => got.has(part)).length, of: parts.length }),
    basis: ({ of }) => of,
    forget: () => got.clear(),
    ...more,
  });
  request.state.subscribe((state) => states.push(state));
  const pass = () => vi.advanceTimersByTimeAsync(0);
  return {
    request,
    asked,
    aborted,
    results,
    states,
    kinds: () => states.map(({ kind }) => kind),
    want: (...parts: string[]) => request.want({ of: 'run', parts }),
    answer: async (result = 'answer') => {
      open.resolve(result);
      await pass();
    },
    fail: async (error: Error) => {
      open.reject(error);
      await pass();
    },
    progress: (value: Progress | Waiting) => open.progress(value),
    /** What is open now, also once it no longer is. */
    opened: () => open,
    state: () => request.state.value,
  };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('what is asked', () => {
  it('is what is missing, one after another, until everything is there', async () => {
    const { want, answer, asked, states, state } = harness();
    want('a', 'b');
    expect(state()).toEqual({ kind: 'computing', done: 0, of: 2, left: undefined });
    await answer();
    await answer();
    expect(asked).toEqual(['a', 'b']);
    expect(states.at(-2)).toMatchObject({ kind: 'computing', done: 1, of: 2 });
    expect(state()).toEqual({ kind: 'idle' });
  });

  it('is nothing where everything is there, or nothing is wanted', () => {
    const { request, asked, state } = harness({ missing: () => undefined });
    request.want({ of: 'run', parts: ['a'] });
    request.want(undefined);
    expect([asked, state()]).toEqual([[], { kind: 'idle' }]);
  });

  it('is not asked again at once where the answer left it out', async () => {
    const { want, answer, asked, state } = harness({ onResult: () => undefined });
    want('a');
    await answer();
    expect([asked, state()]).toEqual([['a'], { kind: 'idle' }]);
  });

  it('is asked once, however often the same is wanted', () => {
    const { want, asked, aborted } = harness();
    want('a', 'b');
    want('a', 'b');
    expect([asked, aborted]).toEqual([['a'], []]);
  });

  it('takes the turn of what was asked, and no answer of that comes through', async () => {
    const onProgress = vi.fn();
    const { want, answer, opened, asked, aborted, results } = harness({ onProgress });
    want('a', 'b');
    const late = opened();
    want('c', 'a');
    expect([asked, aborted]).toEqual([['a', 'c'], ['a']]);
    late.progress({ half: true });
    late.progress({ kind: 'waiting', behind: 'tests' });
    late.resolve('of a');
    await answer('of c');
    expect(onProgress).not.toHaveBeenCalled();
    expect(results).toEqual(['of c']);
    expect(asked).toEqual(['a', 'c', 'a']);
  });

  it('fails for itself alone: what was aborted does not', async () => {
    const { want, answer, opened, kinds, state } = harness();
    want('a');
    const late = opened();
    want('b');
    late.reject(new Error('aborted'));
    await answer();
    expect(kinds()).not.toContain('failed');
    expect(state()).toEqual({ kind: 'idle' });
  });

  it('leaves an open request alone that is also right for what is wanted now', async () => {
    const covers = (open: Params, { parts }: Wanted) => parts.includes(open.part);
    const { want, answer, asked, aborted, state } = harness({ covers });
    want('a');
    want('b', 'a');
    expect(state()).toMatchObject({ kind: 'computing', done: 0, of: 2 });
    await answer();
    expect([asked, aborted]).toEqual([['a', 'b'], []]);
  });

  it('is everything again where it is of something else', async () => {
    const { request, answer, asked, aborted } = harness();
    request.want({ of: 'run', parts: ['a', 'b'] });
    await answer();
    request.want({ of: 'another', parts: ['a'] });
    expect([asked, aborted]).toEqual([['a', 'b', 'a'], ['b']]);
  });

  it('is everything again when the person says so', async () => {
    const { request, want, answer, asked } = harness();
    want('a', 'b');
    await answer();
    await answer();
    request.again();
    expect(asked).toEqual(['a', 'b', 'a']);
  });
});

describe('a cancellation', () => {
  it('aborts, and says how much is there', async () => {
    const { request, want, answer, aborted, state } = harness();
    want('a', 'b');
    await answer();
    request.cancel();
    expect(aborted).toEqual(['b']);
    expect(state()).toMatchObject({ kind: 'cancelled', done: 1, of: 2 });
  });

  it('lets only what must not wait be asked, until it is resumed', async () => {
    const { request, want, answer, asked, state } = harness();
    want('a', 'b');
    request.cancel();
    want('c', 'a', 'b');
    await answer();
    expect(asked).toEqual(['a', 'c']);
    expect(state()).toMatchObject({ kind: 'cancelled', done: 1, of: 3 });
    request.resume();
    expect(asked).toEqual(['a', 'c', 'a']);
  });

  it('stays where the same is wanted, as of a page that is drawn anew', () => {
    const { request, want, asked, state } = harness();
    want('a');
    request.cancel();
    want('a');
    expect([asked, state().kind]).toEqual([['a'], 'cancelled']);
  });

  it('ends with another run', () => {
    const { request, want, asked } = harness();
    want('a', 'b');
    request.cancel();
    request.want({ of: 'another', parts: ['c'] });
    expect(asked).toEqual(['a', 'c']);
  });
});

describe('a failure', () => {
  it('is said, and asked again when the person says so', async () => {
    const { request, want, fail, asked, state } = harness();
    want('a', 'b');
    await fail(new Error('a is damaged'));
    expect([asked, state()]).toEqual([['a'], { kind: 'failed', message: 'a is damaged' }]);
    request.resume();
    expect([asked, state().kind]).toEqual([['a', 'a'], 'computing']);
  });

  it('is over when something else is wanted', async () => {
    const { want, fail, answer, state } = harness();
    want('a');
    await fail(new Error('a is damaged'));
    want('b');
    await answer();
    expect(state()).toEqual({ kind: 'idle' });
  });

  it('is said after the others where it does not keep them, the first of several', async () => {
    const { want, fail, answer, asked, kinds, state } = harness({ goesOn: true });
    want('a', 'b', 'c');
    await fail(new Error('a is damaged'));
    await fail(new Error('b is damaged'));
    expect(kinds()).not.toContain('failed');
    await answer();
    expect([asked, state()]).toEqual([['a', 'b', 'c'], { kind: 'failed', message: 'a is damaged' }]);
  });

  it('stands there also where something else is wanted, until it is asked again', async () => {
    const { request, want, fail, answer, asked, state } = harness({ goesOn: true });
    want('a', 'b');
    await fail(new Error('a is damaged'));
    await answer();
    want('b', 'a');
    expect([asked, state().kind]).toEqual([['a', 'b'], 'failed']);
    request.resume();
    await answer();
    expect([asked, state()]).toEqual([['a', 'b', 'a'], { kind: 'idle' }]);
  });

  it('of another run is none of this one', async () => {
    const { request, want, fail, answer, state } = harness({ goesOn: true });
    want('a');
    await fail(new Error('a is damaged'));
    request.want({ of: 'another', parts: ['b'] });
    await answer();
    expect(state()).toEqual({ kind: 'idle' });
  });
});

describe('a dead engine', () => {
  it('has a successor, which is asked a moment later', async () => {
    const { want, fail, answer, asked, kinds, state } = harness();
    want('a');
    await fail(gone());
    expect(asked).toEqual(['a']);
    await vi.advanceTimersByTimeAsync(1000);
    await answer();
    expect([asked, state()]).toEqual([['a', 'a'], { kind: 'idle' }]);
    expect(kinds()).not.toContain('failed');
  });

  it('that dies again is said', async () => {
    const { want, fail, asked, state } = harness();
    want('a');
    await fail(gone());
    await vi.advanceTimersByTimeAsync(1000);
    await fail(gone());
    await vi.advanceTimersByTimeAsync(1000);
    expect([asked, state()]).toEqual([['a', 'a'], { kind: 'failed', message: 'The engine has died.' }]);
  });

  it('that got on in between has another successor', async () => {
    const { want, fail, progress, asked } = harness();
    want('a');
    await fail(gone());
    await vi.advanceTimersByTimeAsync(1000);
    progress({ half: true });
    await fail(gone());
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked).toEqual(['a', 'a', 'a']);
  });

  it.each(['cancel', 'want'] as const)('has no successor after a %s', async (what) => {
    const { request, want, fail, asked, state } = harness();
    want('a');
    await fail(gone());
    if (what === 'cancel') request.cancel();
    else request.want(undefined);
    await vi.advanceTimersByTimeAsync(1000);
    expect([asked, state().kind]).toEqual([['a'], what === 'cancel' ? 'cancelled' : 'idle']);
  });
});

describe('progress', () => {
  it('is passed on with what it is of', () => {
    const onProgress = vi.fn();
    const { want, progress, states } = harness({ onProgress });
    want('a');
    progress({ half: true });
    expect(onProgress).toHaveBeenCalledWith({ half: true }, { part: 'a' });
    expect(states.at(-1)?.kind).toBe('computing');
  });

  it('of an engine that is busy with something else says with what, and is none of the page’s', () => {
    const onProgress = vi.fn();
    const { want, progress, state } = harness({ onProgress });
    want('a');
    progress({ kind: 'waiting', behind: 'tests' });
    expect(state()).toEqual({ kind: 'waiting', behind: 'tests' });
    progress({ half: true });
    expect(state().kind).toBe('computing');
    expect(onProgress).toHaveBeenCalledTimes(1);
  });

  it('tells how long the rest takes', async () => {
    const { want, answer, state } = harness();
    want('a', 'b', 'c');
    await answer();
    await vi.advanceTimersByTimeAsync(2000);
    await answer();
    expect((state() as { left?: number }).left).toBeCloseTo(1, 0);
  });
});
