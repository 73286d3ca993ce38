/** Files of what is handed to a scheduler, and the scheduler's commands. */
export { JOB_FORMAT, type AskedOfCluster, type JobFile } from './jobFile';
export {
  jobFolder,
  jobPaths,
  readJob,
  readJobs,
  readTask,
  writeJob,
  writeTask,
  type JobPaths,
  type StoredJob,
} from './jobFolder';
export { cancelTasks, holdTasks, releaseTasks } from './scheduler/controlTasks';
export { lookAtScheduler } from './scheduler/lookAtScheduler';
export { toldIn, type ToldToStop } from './scheduler/toldToStop';
export { clusterName } from './scheduler/clusterName';
export { overriding } from './hiddenVariables';
export { isElsewhere, leftAloneText, nothingElse } from './scheduler/elsewhere';
export { mostTasks } from './mostTasks';
export { mostSecondsIn, readPartitions, type Partition } from './partitions';
export { schedulerProblem, unknownJobProblem } from './scheduler/problem';
export { numberByTasks } from './scheduler/settled';
export { userName } from './scheduler/userName';
export {
  AbsentError,
  RefusedError,
  remoteCommand,
  slurmCommand,
  type SlurmOptions,
  type SlurmProgram,
} from './slurmCommand';
export { CANCELLED, TASK_FORMAT, type TaskFile } from './taskFile';
export { hadLastWord, isLive, type TaskProgress, type TaskState } from './taskProgress';
export { again, killedText, twiceTheMemory } from './taskWhy';
export { tasksOf, tasksOfJob, type Tasks } from './tasksOf';
export { unknownJob, unreadableJobs, type UnreadableJobs } from './unreadableJobs';
export { fillTemplate, USUAL_TEMPLATE, type GivenOptions, type TemplateValues } from './template';
export { keepTemplate, readTemplate, type Template } from './templateFile';
export {
  arrayWord,
  checkedTime,
  memoryOf,
  memoryWord,
  secondsIn,
  timeWithin,
  timeWord,
  twiceTheTime,
  warningSeconds,
} from './words';
