import type { RunStore } from './runStore';
import type { RunSummary } from './runSummary';
import type { RunTarget } from './target';

/** What a key means that is pressed in the view "Runs". */
export interface RunSelection {
  /** Folders of the runs with the keyboard's focus. */
  folders(): Promise<readonly string[]>;
  /** Called once by the view. */
  provide(folders: () => Promise<readonly string[]>): void;
}

/** The argument of the manifest's key bindings. */
const SELECTED = 'selected';

export function createRunSelection(): RunSelection {
  let ask = (): Promise<readonly string[]> => Promise.resolve([]);
  return {
    folders: () => ask(),
    provide: (folders) => void (ask = folders),
  };
}

/**
 * The runs that a command is about: those of the selected nodes that a menu passes, or those that a key means.
 * Undefined where the target is to be resolved as of any other command.
 */
export async function selectedRuns(
  target: RunTarget,
  others: readonly unknown[],
  { runStore, selection }: { readonly runStore: Pick<RunStore, 'find'>; readonly selection: RunSelection },
): Promise<readonly RunSummary[] | undefined> {
  if (target !== SELECTED && others.length < 2) return undefined;
  const folders = target === SELECTED ? await selection.folders() : others.flatMap(folderOf);
  return folders.flatMap((folder) => runStore.find(folder) ?? []);
}

/** A checkpoint among the nodes does not mean its run. */
function folderOf(node: unknown): string[] {
  if (typeof node !== 'object' || node === null || !('run' in node) || 'epoch' in node) return [];
  return [(node.run as RunSummary).folder];
}
