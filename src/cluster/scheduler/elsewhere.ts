/** Jobs in a folder that are none of this person's on the cluster that is asked here. */
import { InputError } from '../../common/errors';
import type { JobFile } from '../jobFile';
import type { TaskProgress } from '../taskProgress';
import { clusterName } from './clusterName';
import { userName } from './userName';

/**
 * Whether a job is another cluster's, or another person's, so that its scheduler says nothing of it here. Of a job whose
 * file names neither, or of a scheduler that does not say, it is not.
 * @param through where those are asked that were submitted on the login node itself, see `lookAtScheduler`
 */
export async function isElsewhere(
  { host, cluster, user }: { readonly [Key in 'host' | 'cluster' | 'user']?: JobFile[Key] | undefined },
  through: string | null = null,
): Promise<boolean> {
  const own = host ?? null;
  const at = own ?? through;
  // A login node is always one of its own cluster.
  if (own === null && (await isAnother(cluster, () => clusterName(at)))) return true;
  return isAnother(user, () => userName(at));
}

async function isAnother(named: string | undefined, own: () => Promise<string | undefined>): Promise<boolean> {
  if (named === undefined) return false;
  const here = await own();
  return here !== undefined && here !== named;
}

/** "2 tasks were left alone: 7_0, 7_1 of the cluster two." @param left at least one */
export function leftAloneText(left: readonly TaskProgress[]): string {
  const ofEach = new Map<string, string[]>();
  for (const task of left) ofEach.set(ownerOf(task), [...(ofEach.get(ownerOf(task)) ?? []), task.id ?? 'one']);
  const parts = [...ofEach].map(([owner, ids]) => `${ids.join(', ')} of ${owner}`);
  return `${left.length === 1 ? '1 task was' : `${String(left.length)} tasks were`} left alone: ${parts.join('; ')}.`;
}

/** Where nothing else was meant. @param first of those that were left alone */
export function nothingElse(first: TaskProgress): InputError {
  return new InputError('nothing of this is yours here', {
    file: first.job,
    found: `${first.id ?? 'a task'} of ${ownerOf(first)}`,
    expected: 'tasks of your own, on the cluster that is asked',
    advice: 'Do it as whoever submitted them, from a machine of that cluster, or with --host its login node.',
  });
}

function ownerOf({ cluster, user }: TaskProgress): string {
  const names = [
    user === undefined ? [] : [`the user ${user}`],
    cluster === undefined ? [] : [`the cluster ${cluster}`],
  ];
  return names.flat().join(' on ');
}
