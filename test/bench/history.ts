/** Every run's medians, to see a change over time: a JSON document a line in `out/bench-history.jsonl`. */
import { appendFile, mkdir } from 'node:fs/promises';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nameOf } from './cases';
import type { CaseResult } from './measure';
import type { SectionResult } from './sections';
import { medianSeconds } from './statistics';

/** @returns the file */
export async function keep(
  results: readonly CaseResult[],
  sections: readonly SectionResult[],
  notes: readonly string[],
  quick: boolean,
): Promise<string> {
  const file = join(fileURLToPath(import.meta.url), '../../out/bench-history.jsonl');
  await mkdir(dirname(file), { recursive: true });
  await appendFile(file, `${JSON.stringify({ ...entry(results, notes, quick), ...dataOf(sections) })}\n`);
  return file;
}

function dataOf(sections: readonly SectionResult[]): Record<string, unknown> {
  return Object.fromEntries(sections.map(({ name, data }) => [name, data]));
}

function entry(results: readonly CaseResult[], notes: readonly string[], quick: boolean): object {
  return {
    time: new Date().toISOString(),
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    node: process.version,
    quick,
    notes,
    cases: results.map((result) => ({
      case: nameOf(result),
      // Null where it was not measured: JSON has no NaN.
      secondsPerImage: result.measurements.map((measurement) => ({
        side: measurement.side,
        work: measurement.work,
        batchSize: measurement.batchSize,
        median: medianSeconds(measurement),
        foreignLoad: measurement.foreignLoad,
      })),
      peakMemory: result.peakMemory,
    })),
  };
}
