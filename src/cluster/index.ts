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
export { CANCELLED, TASK_FORMAT, type TaskFile } from './taskFile';
export { isLive, type TaskProgress, type TaskState } from './taskProgress';
export { tasksOf, tasksOfJob, type Tasks } from './tasksOf';
export { fillTemplate, USUAL_TEMPLATE, type TemplateValues } from './template';
export { keepTemplate, readTemplate, type Template } from './templateFile';
export { arrayWord, checkedTime, memoryOf, memoryWord, timeWord } from './words';
