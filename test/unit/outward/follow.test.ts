import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createFollower } from '../../../src/outward/follow';

describe('what follows a training', () => {
  it('tells one at a time, again where something changed meanwhile, and once more at the end', async () => {
    const told: boolean[] = [];
    let at = 0;
    const follower = createFollower({
      async tell(isEnd) {
        expect(at++).toBe(0);
        await setTimeout(20);
        told.push(isEnd);
        at--;
      },
      onProblem: (error) => expect.fail(String(error)),
    });
    follower.changed('epoch');
    follower.changed('epoch');
    follower.changed('epoch');
    await follower.end();
    expect(told).toEqual([false, false, true]);
  });

  it('tells steps no sooner than after a pause', async () => {
    let told = 0;
    const follower = createFollower({
      tell: () => Promise.resolve(told++),
      onProblem: () => undefined,
      pauseMilliseconds: 60_000,
    });
    follower.changed('step');
    await setTimeout(5);
    follower.changed('step');
    await setTimeout(5);
    expect(told).toBe(1);
  });

  it('says a failure once, lets the training alone, and tries once more at its end', async () => {
    const problems: unknown[] = [];
    const told: boolean[] = [];
    const follower = createFollower({
      tell(isEnd) {
        told.push(isEnd);
        return Promise.reject(new Error('no server'));
      },
      onProblem: (error) => problems.push(error),
    });
    for (let epoch = 0; epoch < 5; epoch++) {
      follower.changed('epoch');
      await setTimeout(5);
    }
    expect(told).toEqual([false]);
    await follower.end();
    expect(problems).toHaveLength(1);
    expect(told).toEqual([false, true]);
  });

  it('ends when its patience does', async () => {
    const problems: unknown[] = [];
    const begin = Date.now();
    const follower = createFollower({
      tell: (_, signal) => setTimeout(60_000, undefined, { signal }),
      onProblem: (error) => problems.push(error),
      patienceMilliseconds: 50,
    });
    follower.changed('epoch');
    await follower.end();
    expect(Date.now() - begin).toBeLessThan(5000);
    expect(problems).toHaveLength(1);
  });
});
