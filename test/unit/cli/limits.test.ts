/** What a cluster says of its limits, and what follows from that. */
import { expect, it } from 'vitest';
import { advised, cellsInParts } from '../../../src/cli/cluster/limits';
import { memoryOfTask, timeOfTurn } from '../../../src/cli/cluster/amounts';
import type { JobAsked } from '../../../src/cli/cluster/jobAsked';
import { RefusedError } from '../../../src/cluster';
import { parseMostTasks } from '../../../src/cluster/mostTasks';
import { mostSecondsIn, parsePartitions } from '../../../src/cluster/partitions';
import type { Cell } from '../../../src/study';
import type { CellProgress } from '../../../src/sweeps';

/** As Slurm 22.05 prints them, with a host's greeting. */
const PARTITIONS = parsePartitions(
  'Welcome | to login\nmain*|infinite|64000+\nshort|15:00|1\nlong|2-00:00:00|128000\nodd|n/a|1\n',
);

it('of partitions their time and memory are read, and what is no line of one is left out', () => {
  expect(PARTITIONS).toEqual([
    { name: 'main', isDefault: true, mostSeconds: Infinity, memory: 64_000 },
    { name: 'short', isDefault: false, mostSeconds: 900, memory: 1 },
    { name: 'long', isDefault: false, mostSeconds: 172_800, memory: 128_000 },
    { name: 'odd', isDefault: false, mostSeconds: Infinity, memory: 1 },
  ]);
});

it.each([
  [undefined, Infinity],
  ['short', 900],
  ['long,short', 900],
  ['unknown', Infinity],
])('a task sent to %j may run for %d s', (asked, seconds) => {
  expect(mostSecondsIn(PARTITIONS, asked)).toBe(seconds);
});

it('an estimated time is cut to what the partition allows, and a given one is not', () => {
  const said: string[] = [];
  const timeOf = (seconds: number | undefined, options: JobAsked['options']): string | null =>
    timeOfTurn({ options, seconds } as JobAsked, PARTITIONS, { log: (line) => said.push(line) });
  expect(timeOf(3000, {})).toBe('00:50:00');
  expect(timeOf(500, { partition: 'short' })).toBe('00:10:00');
  // Not the twenty minutes that sixteen are rounded up to.
  expect(timeOf(700, { partition: 'short' })).toBe('00:15:00');
  expect(timeOf(700_000, { partition: 'long' })).toBe('2-00:00:00');
  expect(timeOf(700_000, { partition: 'long', time: '9-00:00:00' })).toBe('9-00:00:00');
  expect(timeOf(undefined, { partition: 'short' })).toBeNull();
  expect(said[0]).toBe(
    'A task may need 00:20:00, and the partition allows 00:15:00: what is not done then goes on in another turn.',
  );
  expect(said).toHaveLength(2);
});

it('memory is asked for where any node has some to share', () => {
  const of = (names: string[]): number | null =>
    memoryOfTask(
      { options: {}, bytes: 1000 } as JobAsked,
      PARTITIONS.filter(({ name }) => names.includes(name)),
      { log: () => undefined },
    );
  expect([of(['main', 'short']), of(['short']), of([])]).toEqual([1250, null, null]);
});

it('the largest array is read from the configuration', () => {
  expect(parseMostTasks('MaxArraySize            = 1001\nMaxJobCount  = 10000\n')).toBe(1001);
  expect(parseMostTasks('MaxJobCount  = 10000\n')).toBeUndefined();
});

const cellsOf = (sizes: Record<string, number>): Cell[] =>
  Object.entries(sizes).flatMap(([recipe, size]) =>
    Array.from({ length: size }, (_, seed) => ({ id: `${recipe}${String(seed)}`, recipe, seed }) as unknown as Cell),
  );
const inParts = (sizes: Record<string, number>): ReturnType<typeof cellsInParts> =>
  cellsInParts(
    cellsOf(sizes).map((cell) => ({ cell }) as CellProgress),
    cellsOf(sizes),
  );

it('the first part is of whole recipes that fit', () => {
  const parts = inParts({ a: 3, 'b c': 4, d: 1, e: 1 });
  expect(parts(5)).toBe('Submit a part first by --cell a d e, and then the others by this command again.');
  expect(parts(8)).toBe("Submit a part first by --cell a 'b c' d, and then the others by this command again.");
  expect(inParts({ a: 3 })(2)).toMatch(/--cell RECIPE\/SEED …, at most 2 of them,/);
});

it.each([
  ['sbatch: error: Batch job submission failed: Invalid job array specification', true],
  [
    'sbatch: error: AssocMaxSubmitJobLimit sbatch: error: Batch job submission failed: Job violates accounting/QOS policy (job submit limit, user’s size and/or time limits)',
    true,
  ],
  ['sbatch: error: Batch job submission failed: Resource temporarily unavailable', true],
  ['sbatch: error: Batch job submission failed: Invalid partition name specified', false],
])('to %s advice is given: %j', (found, isAdvised) => {
  const error = new RefusedError('sbatch on this machine failed', { found });
  const asked = { tasks: ['a0', 'a1', 'b0'], inParts: inParts({ a: 2, b: 1 }) };
  const told = advised(error, asked);
  expect(told.exitCode).toBe(1);
  expect(told.message.includes('--cell a,')).toBe(isAdvised);
  expect(told.message).toContain(found.slice(0, 60));
});
