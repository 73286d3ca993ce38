import * as vscode from 'vscode';

/** What verifying a run has found in this window, until it is verified again. */
export interface RunDamage extends vscode.Disposable {
  readonly onDidChange: vscode.Event<void>;
  /** For a person; undefined of a run in which nothing is known to be damaged. */
  of(folder: string): string | undefined;
  set(folder: string, damage: string | undefined): void;
}

export function createRunDamage(): RunDamage {
  const changed = new vscode.EventEmitter<void>();
  const known = new Map<string, string>();
  return {
    onDidChange: changed.event,
    of: (folder) => known.get(folder),
    set(folder, damage) {
      if (known.get(folder) === damage) return;
      if (damage === undefined) known.delete(folder);
      else known.set(folder, damage);
      changed.fire();
    },
    dispose: () => changed.dispose(),
  };
}
