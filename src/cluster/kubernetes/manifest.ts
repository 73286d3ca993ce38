/**
 * A job as an Indexed Job of Kubernetes (batch/v1), a pod a task. What a pod may need to go on another time, its run folder,
 * lies on the claim.
 */
import type { IJob } from 'kubernetes-models/batch/v1/Job';
import type { JobFile } from '../jobFile';

/** The exit codes of a task that nothing is gained by beginning again: it has failed, or was asked for what cannot be. */
const NOT_TO_BE_MENDED = [1, 2];
/** A step, and writing what is kept of it. */
const GRACE_SECONDS = 120;
const MEBIBYTE = 2 ** 20;
const CONTAINER = 'task';
const VOLUME = 'study';

export interface PodsAsked {
  /** With `epochlens` on its path. */
  readonly image: string;
  /** Of a persistent volume that all pods may write to. */
  readonly claim: string;
  /** Where that volume's root is here, absolute; pods see it under the same path. */
  readonly mount: string;
  /** Variables of a pod by their names. */
  readonly environment: Readonly<Record<string, string>>;
  /** How many pods run at once; all where undefined. */
  readonly limit: number | undefined;
  readonly cpus: number | undefined;
}

/** @param folder the job's, of job.json */
export function manifestOf(
  { name, tasks, requeues, memoryBytes }: JobFile,
  folder: string,
  { image, claim, mount, environment, limit, cpus }: PodsAsked,
) {
  const amounts = {
    ...(cpus !== undefined && { cpu: String(cpus) }),
    ...(memoryBytes !== null && { memory: `${String(Math.ceil(memoryBytes / MEBIBYTE))}Mi` }),
  };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name },
    spec: {
      completionMode: 'Indexed',
      completions: tasks.length,
      parallelism: Math.min(limit ?? tasks.length, tasks.length),
      backoffLimitPerIndex: requeues,
      // Those that fail keep none of the others from their turn.
      maxFailedIndexes: tasks.length,
      podFailurePolicy: {
        rules: [
          { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
          {
            action: 'FailIndex',
            onExitCodes: { containerName: CONTAINER, operator: 'In', values: NOT_TO_BE_MENDED },
          },
        ],
      },
      template: {
        spec: {
          restartPolicy: 'Never',
          terminationGracePeriodSeconds: GRACE_SECONDS,
          containers: [
            {
              name: CONTAINER,
              image,
              // Its signals are for the program: there is no shell between them.
              command: ['/bin/sh', '-c', 'exec epochlens task "$0" "$JOB_COMPLETION_INDEX"', literal(folder)],
              env: Object.entries(environment).map(([key, value]) => ({ name: key, value: literal(value) })),
              resources: { requests: amounts, limits: amounts },
              volumeMounts: [{ name: VOLUME, mountPath: mount }],
            },
          ],
          volumes: [{ name: VOLUME, persistentVolumeClaim: { claimName: claim } }],
        },
      },
    },
  } satisfies IJob;
}

/** Kubernetes would put a variable's value for `$(NAME)`. */
function literal(text: string): string {
  return text.replaceAll('$', () => '$$');
}

const LONGEST_STEM = 24;

/**
 * A label of DNS (RFC 1123), which pods' names begin with: lower case, and short enough for the index and what Kubernetes
 * puts behind it.
 * @param token that no other job has, hexadecimal
 */
export function kubernetesName(study: string, token: string): string {
  const stem = study
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_STEM)
    .replace(/^-|-$/g, '');
  return ['epochlens', ...(stem === '' ? [] : [stem]), token].join('-');
}
