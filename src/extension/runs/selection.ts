import type { RunStore } from './runStore';
import type { RunSummary } from './runSummary';
import type { RunTarget } from './target';

/** What is selected in the view "Runs", which a key means. */
export interface RunSelection {
  /** Folders of the selected runs. */
  folders(): readonly string[];
  set(folders: readonly string[]): void;
}

/** The argument of the manifest's key bindings. */
const SELECTED = 'selected';

export function createRunSelection(): RunSelection {
  let selected: readonly string[] = [];
  return {
    folders: () => selected,
    set: (folders) => void (selected = folders),
  };
}

/**
 * The runs that a command is about: those of the selected nodes that a menu passes, or of the selection that a key means.
 * Undefined where the target is to be resolved as of any other command.
 */
export function selectedRuns(
  target: RunTarget,
  others: readonly unknown[],
  { runStore, selection }: { readonly runStore: Pick<RunStore, 'find'>; readonly selection: RunSelection },
): readonly RunSummary[] | undefined {
  const folders = target === SELECTED ? selection.folders() : others.length > 1 ? others.flatMap(folderOf) : undefined;
  return folders?.flatMap((folder) => runStore.find(folder) ?? []);
}

function folderOf(node: unknown): string[] {
  if (typeof node !== 'object' || node === null || !('run' in node)) return [];
  return [(node.run as RunSummary).folder];
}
