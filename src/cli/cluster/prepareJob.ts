/** What would be handed to Slurm: the job, and the script filled in. */
import { randomBytes } from 'node:crypto';
import {
  arrayWord,
  clusterName,
  fillTemplate,
  JOB_FORMAT,
  jobFolder,
  jobPaths,
  keepTemplate,
  memoryWord,
  readPartitions,
  readTemplate,
  userName,
  warningSeconds,
  type GivenOptions,
  type JobFile,
  type TemplateValues,
} from '../../cluster';
import { studyNameOf } from '../../study';
import type { Output } from '../printing/output';
import { memoryOfTask, timeOfTurn } from './amounts';
import { askedOf } from './asBefore';
import { refuseTooMany } from './limits';
import type { JobAsked } from './jobAsked';
import { optionWord, USUAL_REQUEUES, type ClusterOptions } from './options';
import { programOf } from './program';

export interface Prepared {
  readonly job: JobFile;
  readonly folder: string;
  readonly script: string;
  /** Files that nodes must see already. */
  readonly files: readonly string[];
  /** Writes what the script needs. @throws WorkError */
  readonly keep: () => Promise<void>;
}

/** What would be submitted; nothing is written. @throws InputError of the template, Slurm, its limits or the host */
export async function prepareJob(asked: JobAsked, output: Pick<Output, 'log'>): Promise<Prepared> {
  const { options, studyFile, sweepFolder, kind, tasks, command, engine } = asked;
  const host = options.host ?? null;
  const [cluster, user] = await Promise.all([clusterName(host), userName(host)]);
  const name = jobName(studyFile);
  const folder = jobFolder(sweepFolder, name);
  const template = await readTemplate(studyFile);
  await refuseTooMany(asked);
  const isEstimated =
    (options.memory === undefined && asked.bytes !== undefined) ||
    (options.time === undefined && asked.seconds !== undefined);
  const partitions = isEstimated ? await readPartitions(host) : [];
  const memoryBytes = memoryOfTask(asked, partitions, output);
  const time = timeOfTurn(asked, partitions, output);
  const program = await programOf(sweepFolder, options.nodeLocal);
  const values: TemplateValues = {
    name,
    array: arrayWord(tasks.length, options.limit),
    logs: jobPaths(folder).logs,
    job: folder,
    program: program.words,
    prepare: program.prepare,
    partition: options.partition ?? null,
    account: options.account ?? null,
    time,
    warning: String(warningSeconds(time)),
    memory: memoryBytes === null ? null : memoryWord(memoryBytes),
    cpus: String(options.cpus ?? (engine === 'embedded' ? 1 : CORES_EACH)),
  };
  const script = fillTemplate(template.text, template.file, values, givenOptions(options));
  const job: JobFile = {
    format: JOB_FORMAT,
    name,
    scheduler: 'slurm',
    host,
    ...(cluster !== undefined && { cluster }),
    ...(user !== undefined && { user }),
    id: null,
    kind,
    studyFile,
    tasks,
    ...(command && { command }),
    engine,
    requeues: options.requeues ?? USUAL_REQUEUES,
    memoryBytes,
    time,
    asked: askedOf(options),
    submittedAt: new Date().toISOString(),
  };
  const keep = async (): Promise<void> => {
    await keepTemplate(template);
    await program.keep();
  };
  return { job, folder, script, files: program.files, keep };
}

/** Those that work by a placeholder alone. An estimate may find none: nobody has asked for it. */
function givenOptions(options: ClusterOptions): GivenOptions {
  const names = ['partition', 'account', 'time', 'memory', 'cpus'] as const;
  const given = names.filter((name) => options[name] !== undefined);
  return {
    ...Object.fromEntries(given.map((name) => [name, optionWord(name)])),
    ...(options.nodeLocal !== undefined && { prepare: optionWord('nodeLocal') }),
  };
}

/** The native engine spreads one training over several; the embedded has one thread. */
const CORES_EACH = 4;

const LONGEST_STEM = 40;

/** One of its kind, and one word for Slurm, a shell and a file system. */
function jobName(studyFile: string): string {
  const stem = studyNameOf(studyFile)
    .replace(/[^\w.-]+/g, '-')
    .slice(0, LONGEST_STEM);
  const at = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  return `epochlens-${stem}-${at}-${randomBytes(3).toString('hex')}`;
}
