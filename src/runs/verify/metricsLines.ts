/** metrics.jsonl against its rows in sums.jsonl. */
import { METRICS_FILE } from '../metrics/metrics';
import { readMetricsFile, readMetricsLines, type MetricsLine } from '../metrics/metricsFile';
import { readStatus, saysDone } from '../status/status';
import type { NoSums, Sums } from '../sums/sums';
import { ADVICE, OLDER, sealAdvice, type Finding } from './finding';
import { unreadable } from './unreadable';

const part = 'metrics';
const file = METRICS_FILE;

/** A finding a line that is there, and one for each that is not; or that the file cannot be read. */
export async function verifyMetrics(folder: string, sums: Sums | NoSums): Promise<Finding[]> {
  try {
    return await verifyLines(folder, sums);
  } catch (error) {
    return [unreadable({ part, file }, error)];
  }
}

async function verifyLines(folder: string, sums: Sums | NoSums): Promise<Finding[]> {
  const seal = sealAdvice(folder);
  const lines = await readMetricsLines(folder);
  const { damaged } = await readMetricsFile(folder);
  const gone = damaged.flatMap(({ line, epoch }) => (line === undefined && epoch !== undefined ? [epoch] : []));
  const missing = new Set([...gone, ...(await lastGone(folder, lines, sums))]);
  return [
    ...lines.map((line) => verifyLine(line, sums, seal)),
    ...[...missing].map((epoch): Finding => ({
      part,
      file,
      verdict: 'missing',
      place: `the line of epoch ${epoch}`,
      detail: 'it was written, and is gone',
      advice: ADVICE.restore,
    })),
  ];
}

function verifyLine({ number, epoch, isWhole }: MetricsLine, sums: Sums | NoSums, seal: string): Finding {
  const place = `line ${number}${epoch === undefined ? '' : ` (epoch ${epoch})`}`;
  const line = { part, file, place } as const;
  if (epoch === undefined) {
    return { ...line, verdict: 'damaged', detail: 'it is not the metrics of an epoch', advice: ADVICE.restore };
  }
  if (sums === 'missing') {
    return { ...line, verdict: 'damaged', detail: 'sums.jsonl, which vouched for it, is gone', advice: seal };
  }
  if (!isWhole) {
    const hasRow = sums === 'never kept' || (sums.of(file, epoch) ?? []).length > 0;
    return hasRow
      ? { ...line, verdict: 'damaged', detail: 'it is not as it was written', advice: ADVICE.restore }
      : { ...line, verdict: 'damaged', detail: 'sums.jsonl has no row for it', advice: seal };
  }
  if (sums === 'never kept' || (sums.of(file, epoch) ?? []).length === 0)
    return { ...line, verdict: 'notVouched', detail: OLDER, advice: seal };
  return { ...line, verdict: 'whole' };
}

/** The newest epoch's line where status.json says that its epoch was done: a kill may else have come before it. */
async function lastGone(folder: string, lines: readonly MetricsLine[], sums: Sums | NoSums): Promise<number[]> {
  if (typeof sums === 'string') return [];
  const written = sums.rows().flatMap((row) => (row.file === file && row.epoch !== undefined ? [row.epoch] : []));
  const newest = Math.max(-1, ...written);
  if (newest < 0 || lines.some(({ epoch = newest }) => epoch === newest)) return [];
  return saysDone(await readStatus(folder), newest) ? [newest] : [];
}
