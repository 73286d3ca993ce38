import * as vscode from 'vscode';

/** The damage that this window has found by verifying runs, until each is verified again. */
export interface RunDamage extends vscode.Disposable {
  readonly onDidChange: vscode.Event<void>;
  /** A text for the person; undefined for a run without known damage. */
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
