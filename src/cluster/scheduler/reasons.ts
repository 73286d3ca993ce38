/** Why a task waits, in a person's words: https://slurm.schedmd.com/job_reason_codes.html */

const REASONS: Readonly<Record<string, string>> = {
  Resources: 'waits for free resources',
  Priority: 'waits for jobs of higher priority',
  JobArrayTaskLimit: 'waits for other tasks of this array, of which only so many run at once',
  Dependency: 'waits for another job to end',
  DependencyNeverSatisfied:
    'will never begin: the job that it depends on did not end as it had to. Cancel it and retry',
  BeginTime: 'waits for the time that it may begin at, as after a requeue',
  JobHeldUser: 'is held: go on by --continue, or scontrol release',
  JobHeldAdmin: 'is held by an administrator, or by whoever requeued it: go on by --continue, or ask them',
  Reservation: 'waits for its reservation',
  ReqNodeNotAvail: 'waits for a node that is not available now',
  PartitionDown: 'waits: its partition is down',
  PartitionInactive: 'waits: its partition takes no jobs now',
  PartitionNodeLimit: 'asks for more nodes than its partition has or allows. Cancel it and submit it otherwise',
  PartitionTimeLimit: 'asks for more time than its partition allows. Cancel it and retry with a shorter --time',
  PartitionConfig: 'asks for more than its partition has. Cancel it and submit it otherwise',
  BadConstraints: 'asks for what no node has. Cancel it and submit it otherwise',
  NodeDown: 'waits for a node that is down',
  Cleaning: 'is tidied up after it was requeued',
  Licenses: 'waits for a licence',
  InvalidAccount: 'names an account that is not valid. Cancel it and retry with another --account',
  InvalidQOS: 'names a quality of service that is not valid. Cancel it and submit it otherwise',
};

/** Each begins so and says the limit after it. */
const FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/^(QOS|Assoc).*(Limit|Violation)|^(QOS|Assoc)(Max|Grp)/, 'waits: a limit of the account is reached'],
  [/^ReqNodeNotAvail/, 'waits for a node that is not available now'],
  [/^Nodes required for job are DOWN/, 'waits for nodes that are down, drained or reserved'],
  [/held/i, 'is held: go on by --continue, or scontrol release'],
  [/launch fail/i, 'waits after its start had failed'],
];

/**
 * "It waits for free resources", "It waits (SomeReason)".
 * @param reason Slurm's word; "" where it says none
 * @param starts as Slurm writes it, without a time zone: the cluster's own
 */
export function waitingText(reason: string, starts?: string): string {
  const known = REASONS[reason] ?? FAMILIES.find(([pattern]) => pattern.test(reason))?.[1];
  const why = known ?? (reason === '' ? 'waits its turn' : `waits (${reason})`);
  const when = starts === undefined ? '' : `, thought to begin at ${starts.replace('T', ' ')} by the cluster’s clock`;
  return `It ${why}${when}.`;
}
