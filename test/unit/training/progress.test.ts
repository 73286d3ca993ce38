import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClock, createStatusWriter } from '../../../src/training/progress';
import { readStatus } from '../../../src/runs';

describe('the clock', () => {
  it('estimates from the images trained and the last evaluation', () => {
    const clock = createClock();
    expect(clock.imagesPerSecond(0, 0)).toBeNull();
    expect(clock.secondsLeft(100, 1, null)).toBeNull();
    expect(clock.imagesPerSecond(50, 2)).toBe(25);
    clock.trained(100, 2);
    clock.evaluated(3);
    expect(clock.imagesPerSecond(50, 3)).toBe(30);
    expect(clock.secondsLeft(300, 2, 30)).toBe(16);
  });
});

describe('the status', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'epochlens-status-'));
    vi.useFakeTimers({ toFake: ['Date'] });
  });
  afterEach(async () => {
    vi.useRealTimers();
    await rm(folder, { recursive: true });
  });

  it('is written at every change of state, and between them once a second', async () => {
    const writer = createStatusWriter(folder, 5, 10);
    await writer.state('training', 0);
    expect(await readStatus(folder)).toMatchObject({
      state: 'training',
      epoch: 0,
      epochs: 5,
      step: 0,
      stepsPerEpoch: 10,
    });
    const progress = { epoch: 1, epochs: 5, step: 3, stepsPerEpoch: 10, imagesPerSecond: 20, secondsLeft: 9 };
    await writer.progress(progress);
    expect(await readStatus(folder)).toMatchObject({ step: 0 });
    vi.setSystemTime(Date.now() + 1000);
    await writer.heartbeat();
    expect(await readStatus(folder)).toMatchObject(progress);
    await writer.state('failed', 0, 'the disk is full');
    expect(await readStatus(folder)).toMatchObject({
      state: 'failed',
      epoch: 0,
      step: 0,
      secondsLeft: null,
      error: 'the disk is full',
    });
  });
});
