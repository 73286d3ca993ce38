/** What is to be handed to Slurm at once. */
import type { JobFile } from '../../cluster';
import type { ClusterOptions } from './options';

export interface JobAsked extends Pick<JobFile, 'kind' | 'tasks' | 'command' | 'engine'> {
  /** Absolute. */
  readonly studyFile: string;
  /** See `sweepFolder`. */
  readonly sweepFolder: string;
  readonly options: ClusterOptions;
  /** Of one task; undefined where nobody can say. */
  readonly bytes: number | undefined;
  readonly seconds: number | undefined;
  /** What to do where the cluster takes only so many tasks at once, in a sentence; undefined: it does not say how many. */
  readonly inParts: (most: number | undefined) => string;
}
