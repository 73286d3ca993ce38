/** Which task of Slurm's a process belongs to: its number stays the same when the scheduler begins it anew elsewhere. */

export interface SlurmTask {
  /** "ARRAY_TASK", or the number of a job that is no array. */
  readonly job: string;
  /** The cluster's name: others count their jobs alike. Absent where Slurm does not say. */
  readonly cluster?: string;
  /** How often the scheduler has begun it anew. */
  readonly restarts: number;
}

/** Undefined outside Slurm. */
export function slurmTaskOf(env: Readonly<Record<string, string | undefined>>): SlurmTask | undefined {
  const [array, task] = [numberIn(env['SLURM_ARRAY_JOB_ID']), numberIn(env['SLURM_ARRAY_TASK_ID'])];
  const job = array === undefined || task === undefined ? numberIn(env['SLURM_JOB_ID']) : `${array}_${task}`;
  if (job === undefined) return undefined;
  const cluster = env['SLURM_CLUSTER_NAME'] ?? '';
  // Slurm says nothing of a first start.
  const restarts = Number(numberIn(env['SLURM_RESTART_COUNT']) ?? 0);
  return { job, ...(cluster === '' ? {} : { cluster }), restarts };
}

/** Whether a task is the other one, begun anew: the scheduler does that only once the other has ended. */
export function isBegunAnew(task: SlurmTask | undefined, before: SlurmTask | undefined): boolean {
  if (task === undefined || before === undefined) return false;
  return task.job === before.job && task.cluster === before.cluster && task.restarts > before.restarts;
}

function numberIn(text = ''): string | undefined {
  return /^\d+$/.test(text) ? text : undefined;
}
