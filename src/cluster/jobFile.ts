/**
 * `job.json`: what was handed to a scheduler at once, an array of tasks. Written by whoever submits it: before, without
 * an id, and once more as soon as the scheduler has given one. A file without an id is of a submission that was cut
 * short; the scheduler is then asked for the job of that name.
 */
import * as z from 'zod';

export const JOB_FORMAT = 1;
/** Also of its folder. */
export const JOB_NAME = /^epochlens-[\w.-]+$/;

/** What a person asked of the cluster, so that a retry asks for it again; absent is what the cluster decided. */
const askedSchema = z.object({
  partition: z.string().exactOptional(),
  account: z.string().exactOptional(),
  /** Of one turn, as Slurm writes it. */
  time: z.string().exactOptional(),
  /** In bytes; 'none': nothing was to be asked for. */
  memory: z.union([z.number().positive(), z.literal('none')]).exactOptional(),
  cpus: z.int().min(1).exactOptional(),
  /** Tasks at once. */
  limit: z.int().min(1).exactOptional(),
  requeues: z.int().min(0).exactOptional(),
  /** The folder of each node's own copy of EpochLens. */
  nodeLocal: z.string().exactOptional(),
});
export type AskedOfCluster = z.output<typeof askedSchema>;

export const jobFileSchema = z.object({
  format: z.int().min(1),
  /** One of its kind wherever it is: the folder's name, and the job's in the scheduler. */
  name: z.string().regex(JOB_NAME),
  /** Of 'kubernetes' a manifest was printed: whether somebody applied it is not known here. */
  scheduler: z.enum(['slurm', 'kubernetes']),
  /** The destination for `ssh` where sbatch, squeue and scancel run; null: this machine. */
  host: z.string().nullable(),
  /** The cluster's name for itself, where it says one: another one on the same disk counts its jobs alike. */
  cluster: z.string().exactOptional(),
  /** Whose job it is in the scheduler: `squeue --me` of another person does not show it. Absent where nobody said. */
  user: z.string().exactOptional(),
  /** The scheduler's number, of the whole array. */
  id: z.string().nullable(),
  /** 'cells': each task trains and tests a cell of a sweep; 'shards': each computes a share of what `command` computes. */
  kind: z.enum(['cells', 'shards']),
  /** Absolute, as the nodes see it. */
  studyFile: z.string(),
  /** Of each task, by its index: the cell's id, or "i/n". */
  tasks: z.array(z.string()).min(1),
  /** Words of the command line behind the program's name, of 'shards'. */
  command: z.array(z.string()).exactOptional(),
  engine: z.enum(['auto', 'native', 'embedded']),
  /** How often a task may go on another time, after its time limit, a preemption or a node's failure. */
  requeues: z.int().min(0),
  /** What a task asked for; null where the cluster's own limits hold. */
  memoryBytes: z.number().nullable(),
  /** As Slurm writes it: "04:00:00". */
  time: z.string().nullable(),
  /** Absent in files of former programs. */
  asked: askedSchema.exactOptional(),
  /** ISO 8601. */
  submittedAt: z.iso.datetime(),
});
export type JobFile = z.output<typeof jobFileSchema>;
