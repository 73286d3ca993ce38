/** Slurm's words for states: https://slurm.schedmd.com/squeue.html#SECTION_JOB-STATE-CODES */
import type { TaskState } from '../taskProgress';

/** Of a task that needs nothing more of the scheduler. */
const ENDS: Readonly<Record<string, TaskState>> = {
  COMPLETED: 'ended',
  CANCELLED: 'cancelled',
  REVOKED: 'cancelled',
  FAILED: 'failed',
  LAUNCH_FAILED: 'failed',
  RECONFIG_FAIL: 'failed',
  PREEMPTED: 'preempted',
  TIMEOUT: 'timedOut',
  DEADLINE: 'timedOut',
  OUT_OF_MEMORY: 'outOfMemory',
  NODE_FAIL: 'nodeFailed',
  BOOT_FAIL: 'nodeFailed',
  GONE: 'lost',
};

/** Of a task that holds a node. */
const RUNS = ['RUNNING', 'COMPLETING', 'CONFIGURING', 'STAGE_OUT', 'SIGNALING', 'SUSPENDED', 'STOPPED', 'RESIZING'];

/** Undefined where it goes on. */
export function endOf(state: string): TaskState | undefined {
  return ENDS[state];
}

export function isAtWork(state: string): boolean {
  return RUNS.includes(state);
}
