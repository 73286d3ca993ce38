import type * as vscode from 'vscode';
import type { EngineClient } from './engine/engineClient';
import type { Log } from './log';
import type { RunStore } from './runs/runStore';
import type { RunSelection } from './runs/selection';

/** What every feature of the extension is given when it registers itself. */
export interface ExtensionContextParts {
  readonly context: vscode.ExtensionContext;
  readonly log: Log;
  readonly runStore: RunStore;
  readonly selection: RunSelection;
  readonly engine: EngineClient;
}
