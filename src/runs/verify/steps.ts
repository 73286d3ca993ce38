/** steps.jsonl, for which nothing vouches: whether it can be read. */
import { readSteps, STEPS_FILE } from '../metrics/steps';
import type { Finding } from './finding';
import { unreadable } from './unreadable';

const about = { part: 'steps', file: STEPS_FILE } as const;

/** A finding a line that is no step, or that the file cannot be read; none where all is well, or there is no file. */
export async function verifySteps(folder: string): Promise<Finding[]> {
  try {
    const { damaged } = await readSteps(folder);
    return damaged.map((line) => ({
      ...about,
      verdict: 'damaged',
      place: `line ${line}`,
      detail: 'it is not the state of a training within an epoch',
      advice: 'Delete the line: curves leave it out, and nothing else reads it.',
    }));
  } catch (error) {
    return [unreadable(about, error)];
  }
}
