import { expect, test } from 'vitest';
import type { ComputationState } from '../../../../webview/common/computationState';
import { createPredictions } from '../../../../webview/misclassified/predictions';

const labels = Uint8Array.of(0, 1);

/** A checkpoint's answer is given when the test says so. */
function harness() {
  const asked: number[] = [];
  const states: ComputationState[] = [];
  let settle: { answer: () => void; fail: (error: Error) => void } | undefined;
  const aborted: number[] = [];
  const predictions = createPredictions({
    ask: ({ epoch }, { signal }) =>
      new Promise((resolve, reject) => {
        asked.push(epoch);
        signal.addEventListener('abort', () => aborted.push(epoch));
        settle = {
          answer: () => resolve({ predictions: Uint8Array.of(epoch, 1), labels, correct: 1, kept: false }),
          fail: reject,
        };
      }),
    onState: (state) => states.push(state),
    onKnown: () => undefined,
  });
  const pass = () => new Promise((done) => setTimeout(done));
  return {
    ...{ predictions, asked, states, aborted },
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
  const { predictions, asked, states, answer } = harness();
  predictions.want('/r', [0, 1, 2], 2);
  expect(asked).toEqual([2]);
  await answer();
  await answer();
  await answer();
  expect(asked).toEqual([2, 0, 1]);
  expect(predictions.known?.epochs.map(({ epoch }) => epoch)).toEqual([0, 1, 2]);
  expect(states.at(-1)).toEqual({ kind: 'idle' });
  expect(states.at(-2)).toEqual({ kind: 'computing', done: 4, of: 6 });
});

test('another checkpoint that is looked at takes the turn of those that can wait', () => {
  const { predictions, asked, aborted } = harness();
  predictions.want('/r', [0, 1, 2], 2);
  predictions.want('/r', [0, 1, 2], 1);
  expect([asked, aborted]).toEqual([[2, 1], [2]]);
});

test('one that fails is said at the end, after the others, and asked again when told', async () => {
  const { predictions, asked, states, answer, fail } = harness();
  predictions.want('/r', [0, 1], 0);
  await fail('epoch 0 is damaged');
  await answer();
  expect(states.at(-1)).toEqual({ kind: 'failed', message: 'epoch 0 is damaged' });
  expect(predictions.known?.epochs.map(({ epoch }) => epoch)).toEqual([1]);
  predictions.resume();
  expect(asked).toEqual([0, 1, 0]);
});

test('after a cancel only what is looked at is asked', async () => {
  const { predictions, asked, states, answer } = harness();
  predictions.want('/r', [0, 1, 2], 2);
  predictions.cancel();
  expect(states.at(-1)?.kind).toBe('cancelled');
  predictions.want('/r', [0, 1, 2], 0);
  await answer();
  expect(asked).toEqual([2, 0]);
  expect(states.at(-1)).toEqual({ kind: 'cancelled', done: 2, of: 6 });
  predictions.resume();
  expect(asked).toEqual([2, 0, 1]);
});

test('after a cancel nothing is asked for what was looked at before it', () => {
  const { predictions, asked, states } = harness();
  predictions.want('/r', [0, 1], 1);
  predictions.cancel();
  // The page is drawn anew, with the same checkpoint.
  predictions.want('/r', [0, 1], 1);
  expect(asked).toEqual([1]);
  // Nobody knows yet how many images there are.
  expect(states.at(-1)).toEqual({ kind: 'cancelled', done: 0, of: 0 });
});

test('another run is another matter', async () => {
  const { predictions, asked, answer } = harness();
  predictions.want('/r', [0], 0);
  await answer();
  predictions.want('/other', [0], 0);
  expect(predictions.known).toBeUndefined();
  expect(asked).toEqual([0, 0]);
});
