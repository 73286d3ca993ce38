import type { RunStore } from './runStore';
import type { RunSummary } from './runSummary';
import type { RunTarget } from './target';

/** What a key means that is pressed in the view "Runs", or a menu whose row VS Code was just drawing anew. */
export interface RunSelection {
  /** Whether rows have a button of the command: where it passes no row, the one with the focus may be another. */
  hasButton(command: string): boolean;
  /** The nodes with the keyboard's focus. */
  nodes(): Promise<readonly object[]>;
  /** Called once by the view. */
  provide(nodes: () => Promise<readonly object[]>): void;
}

/** The argument of the manifest's key bindings. */
const SELECTED = 'selected';

/** @param buttons see `rowButtons` */
export function createRunSelection(buttons: ReadonlySet<string>): RunSelection {
  let ask = (): Promise<readonly object[]> => Promise.resolve([]);
  return {
    hasButton: (command) => buttons.has(command),
    nodes: () => ask(),
    provide: (nodes) => void (ask = nodes),
  };
}

/** What a command is given by whoever calls it: the node that is meant, and all selected ones where there are several. */
export type GivenTarget = readonly [target: RunTarget, others: readonly unknown[]];

/**
 * A menu of the view passes two arguments, which VS Code leaves undefined while it draws the rows anew. The row still
 * has the focus then, unless it was a button of its that was pressed.
 */
export async function givenTarget(
  command: string,
  given: readonly unknown[],
  { selection }: { readonly selection: RunSelection },
): Promise<GivenTarget> {
  const [target, others] = given as [RunTarget, unknown];
  if (given.length < 2 || target !== undefined || others !== undefined || selection.hasButton(command))
    return [target, Array.isArray(others) ? others : []];
  const nodes = await selection.nodes();
  return [nodes[0], nodes.length > 1 ? nodes : []];
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
  const nodes = target === SELECTED ? await selection.nodes() : others;
  const folders = nodes.flatMap(folderOf);
  // A key that is pressed on a study or a checkpoint means no run.
  if (target === SELECTED && folders.length < nodes.length) return [];
  return folders.flatMap((folder) => runStore.find(folder) ?? []);
}

/** A checkpoint among the nodes does not mean its run. */
function folderOf(node: unknown): string[] {
  if (typeof node !== 'object' || node === null || !('run' in node) || 'epoch' in node) return [];
  return [(node.run as RunSummary).folder];
}
