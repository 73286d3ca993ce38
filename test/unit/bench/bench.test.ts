import { describe, expect, it } from 'vitest';
import { fitLine } from '../../bench/growth/fit';
import { readOptions, SECTION_NAMES } from '../../bench/options';
import { primitiveTimes } from '../../bench/profile/primitives';
import { targets } from '../../bench/targets';
import type { CaseResult } from '../../bench/measure';

describe('the bench', () => {
  it('fits lines, and says how far the worst point lies off', () => {
    const points = [1, 2, 4].map((count) => ({ count, milliseconds: 7 + 3 * count }));
    const exact = fitLine(points);
    expect(exact.fixed).toBeCloseTo(7);
    expect(exact.perUnit).toBeCloseTo(3);
    expect(exact.deviation).toBeCloseTo(0);
    // Of 1, 2 and 6 at 0, 1 and 2 the line is 0.5 + 2.5·x.
    const bent = fitLine([1, 2, 6].map((milliseconds, count) => ({ count, milliseconds })));
    expect(bent.fixed).toBeCloseTo(0.5);
    expect(bent.perUnit).toBeCloseTo(2.5);
    expect(bent.deviation).toBeCloseTo(1);
  });

  it('adds up oneDNN’s lines by primitive and direction, and tells depthwise convolutions from others', () => {
    const line = (kind: string, direction: string, shape: string, milliseconds: number): string =>
      `onednn_verbose,v1,primitive,exec,cpu,${kind},jit:avx512_core,${direction},src:f32::blocked:acdb::f0,,alg:x,${shape},${milliseconds}`;
    const times = primitiveTimes([
      'onednn_verbose,v1,info,cpu,runtime:threadpool,nthr:2',
      line('convolution', 'backward_weights', 'mb32_ic3oc16_ih32', 0.5),
      line('convolution', 'backward_weights', 'mb32_ic16oc16_ih32', 0.25),
      line('convolution', 'forward_inference', 'mb32_g32ic32oc32_ih16', 1),
      line('reorder', 'undef', '16x3x3x3', 0.125),
      'something else',
    ]);
    expect([...times]).toEqual([
      ['convolution backward by weights', 0.75],
      ['depthwise convolution forward', 1],
      ['reorder', 0.125],
    ]);
  });

  it('says which targets are reached', () => {
    const measured = (side: string, secondsPerImage: number[]) => {
      const memory = { peak: null, estimated: null };
      return { side, work: 'train' as const, batchSize: 1, steps: 1, foreignLoad: 0, memory, secondsPerImage };
    };
    const result: CaseResult = {
      architecture: 'resnet20',
      inputSize: 32,
      measurements: [measured('wasm', [4, 4]), measured('tensorflow, eager', [1, 1.2])],
      peakMemory: {},
    };
    const cells = targets([result])
      .split('\n')
      .filter((line) => line.startsWith('| resnet20'))
      .map((line) =>
        line
          .split('|')
          .slice(3, 6)
          .map((cell) => cell.trim()),
      );
    expect(cells).toEqual([
      ['≥ 1', '–', ''],
      ['≤ 1.1', '–', ''],
      ['≥ 4', '–', ''],
      ['≥ 0.35', '0.28', 'no'],
    ]);
  });

  it('measures everything, or with --quick speed alone, or what is asked for', () => {
    expect(readOptions([]).sections).toEqual(SECTION_NAMES);
    expect(readOptions(['--quick']).sections).toEqual(['speed']);
    expect(readOptions(['--quick', '--sections', 'growth,profile']).sections).toEqual(['growth', 'profile']);
    expect(() => readOptions(['--sections', 'speeed'])).toThrow('--sections');
  });
});
