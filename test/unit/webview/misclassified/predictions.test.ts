import { expect, test } from 'vitest';
import type { RequestState } from '../../../../webview/frame/request';
import { createPredictions } from '../../../../webview/misclassified/predictions';

const labels = Uint8Array.of(0, 1);

/** A checkpoint's answer is given when the test says so. */
function harness() {
  const asked: number[] = [];
  const states: RequestState[] = [];
  let settle: { answer: () => void; fail: (error: Error) => void; count: (done: number) => void } | undefined;
  const aborted: number[] = [];
  const { request, known } = createPredictions(
    ({ epoch }, { signal, progress }) =>
      new Promise((resolve, reject) => {
        asked.push(epoch);
        signal.addEventListener('abort', () => aborted.push(epoch));
        settle = {
          answer: () => resolve({ predictions: Uint8Array.of(epoch, 1), labels, correct: 1, kept: false }),
          fail: reject,
          count: (done) => progress({ done, of: 2 }),
        };
      }),
  );
  request.state.subscribe((state) => states.push(state));
  const pass = () => new Promise((done) => setTimeout(done));
  return {
    ...{ request, known, asked, states, aborted },
    want: (epochs: readonly number[], first: number, run = '/r') => request.want({ run, epochs, first }),
    count: (done: number) => settle?.count(done),
    answer: async () => {
      settle?.answer();
      await pass();
    },
    fail: async (message: string) => {
      settle?.fail(new Error(message));
      await pass();
    },
  };
}

test('the checkpoint that is looked at comes first, then the others, one after another', async () => {
  const { want, known, asked, states, answer } = harness();
  want([0, 1, 2], 2);
  expect(asked).toEqual([2]);
  await answer();
  await answer();
  await answer();
  expect(asked).toEqual([2, 0, 1]);
  expect(known.value?.epochs.map(({ epoch }) => epoch)).toEqual([0, 1, 2]);
  expect(states.at(-1)).toEqual({ kind: 'idle' });
  expect(states.at(-2)).toMatchObject({ kind: 'computing', done: 4, of: 6 });
});

test('images are counted over all checkpoints, once it is known how many there are', async () => {
  const { want, states, count, answer } = harness();
  want([0, 1, 2], 2);
  expect(states.at(-1)).toMatchObject({ kind: 'computing', done: 0, of: 0 });
  count(1);
  expect(states.at(-1)).toMatchObject({ kind: 'computing', done: 1, of: 6 });
  await answer();
  expect(states.at(-1)).toMatchObject({ kind: 'computing', done: 2, of: 6 });
});

test('another checkpoint that is looked at takes the turn of those that can wait', async () => {
  const { want, asked, aborted, answer } = harness();
  want([0, 1, 2], 2);
  want([0, 1, 2], 1);
  expect([asked, aborted]).toEqual([[2, 1], [2]]);
  await answer();
  // One that is there already need not be asked, and lets the others be.
  expect(asked).toEqual([2, 1, 0]);
  want([0, 1, 2], 1);
  want([0, 1, 2, 3], 1);
  expect([asked, aborted]).toEqual([[2, 1, 0], [2]]);
});

test('one that fails is said at the end, after the others, and asked again when told', async () => {
  const { request, want, known, asked, states, answer, fail } = harness();
  want([0, 1], 0);
  await fail('epoch 0 is damaged');
  await answer();
  expect(states.at(-1)).toEqual({ kind: 'failed', message: 'epoch 0 is damaged' });
  expect(known.value?.epochs.map(({ epoch }) => epoch)).toEqual([1]);
  // Not by looking at another one.
  want([0, 1], 1);
  expect(asked).toEqual([0, 1]);
  request.resume();
  expect(asked).toEqual([0, 1, 0]);
});

test('after a cancellation only what is looked at is asked', async () => {
  const { request, want, asked, states, answer } = harness();
  want([0, 1, 2], 2);
  request.cancel();
  expect(states.at(-1)?.kind).toBe('cancelled');
  want([0, 1, 2], 0);
  await answer();
  expect(asked).toEqual([2, 0]);
  expect(states.at(-1)).toMatchObject({ kind: 'cancelled', done: 2, of: 6 });
  request.resume();
  expect(asked).toEqual([2, 0, 1]);
});

test('another run is another matter', async () => {
  const { want, known, asked, answer } = harness();
  want([0], 0);
  await answer();
  want([0], 0, '/other');
  expect(known.value).toBeUndefined();
  expect(asked).toEqual([0, 0]);
});
