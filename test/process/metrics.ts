import { expect } from 'vitest';
import type { EngineName } from '../../src/engine/engine';
import type { seededMetrics } from './cli';

type Metrics = Awaited<ReturnType<typeof seededMetrics>>;

/** The embedded engine repeats itself to the bit; the native one, whose threads add in any order, to 1e-6. */
export function expectSameMetrics(actual: Metrics, expected: Metrics, engine: EngineName): void {
  if (engine === 'wasm') {
    expect(actual).toEqual(expected);
    return;
  }
  expect(actual).toHaveLength(expected.length);
  actual.forEach((epoch, index) => {
    for (const [name, value] of Object.entries(epoch)) {
      const other = expected[index]?.[name as keyof typeof epoch] ?? NaN;
      expect(Math.abs((value ?? NaN) - other), `epoch ${epoch.epoch}, ${name}`).toBeLessThanOrEqual(
        1e-6 * Math.max(1, Math.abs(other)),
      );
    }
  });
}
