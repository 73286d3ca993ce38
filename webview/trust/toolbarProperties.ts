import type { RunView } from '../../src/protocol/panelView';
import type { ExportKind } from '../../src/protocol/runPanel';
import type { TrustTab } from '../../src/protocol/trustPanel';
import type { Choice } from './savedState';

/** What the controls of the panel show, and whom they tell. */
export interface TrustToolbarProperties {
  readonly view: RunView;
  readonly tab: TrustTab;
  readonly choice: Choice;
  readonly testImages: number | undefined;
  readonly otherRuns: readonly { readonly folder: string; readonly text: string }[];
  readonly onTab: (tab: TrustTab) => void;
  readonly onChoice: (change: Partial<Choice>) => void;
  /** Called with null for the newest. */
  readonly onRun: (run: string | null) => void;
  readonly onSave: (kind: ExportKind) => void;
  readonly onHelp: () => void;
}
