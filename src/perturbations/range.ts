/** Settings that say between which two numbers a value is drawn. */
import * as z from 'zod';
import type { SettingProblem } from './settings';

export type Range = readonly [smallest: number, largest: number];

/** Two numbers, each from −most to most. */
export function rangeSchema(most: number) {
  const bound = z.number().min(-most).max(most);
  return z.tuple([bound, bound]);
}

/** "−30…30", with true minus signs. */
export function rangeText(range: Range): string {
  return range.map((bound) => String(bound).replace('-', '−')).join('…');
}

/** @param noun what the two numbers are: "angle" */
export function rangeProblems(range: Range, path: SettingProblem['path'], noun: string): SettingProblem[] {
  const [smallest, largest] = range;
  if (smallest <= largest) return [];
  return [
    {
      path,
      summary: `the smallest ${noun} is above the largest`,
      found: `[${range.join(', ')}]`,
      expected: '[smallest, largest]',
      fix: { title: `Swap the two ${noun}s`, value: [largest, smallest] },
    },
  ];
}
