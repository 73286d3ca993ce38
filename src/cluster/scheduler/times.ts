/** How often a scheduler is asked. */

const USUAL_SECONDS = 60;
const MOST_MILLISECONDS = 600_000;

/** For tests alone: a scheduler that serves hundreds is not asked more often. */
const VARIABLE = 'EPOCHLENS_SCHEDULER_SECONDS';

/** Between two questions, whoever asks. */
export function intervalMilliseconds(env: Readonly<Record<string, string | undefined>> = process.env): number {
  const seconds = Number(env[VARIABLE]);
  return 1000 * (seconds > 0 ? seconds : USUAL_SECONDS);
}

/** Twice as long after each answer that failed or took long, up to ten minutes. @param troubles how many in a row */
export function pauseMilliseconds(interval: number, troubles: number): number {
  return Math.max(interval, Math.min(MOST_MILLISECONDS, interval * 2 ** troubles));
}
