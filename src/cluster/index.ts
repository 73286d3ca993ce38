/** Files of what is handed to a scheduler, and the scheduler's commands. */
export { JOB_FORMAT, type JobFile } from './jobFile';
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
export { remoteCommand, slurmCommand, type SlurmOptions, type SlurmProgram } from './slurmCommand';
export { TASK_FORMAT, type TaskFile } from './taskFile';
export type { TaskProgress, TaskState } from './taskProgress';
export { fillTemplate, USUAL_TEMPLATE, type TemplateValues } from './template';
export { arrayWord, checkedTime, memoryOf, memoryWord, timeWord, warningSeconds } from './words';
