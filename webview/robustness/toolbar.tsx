/** The controls of the panel: the view, the run, the checkpoints, and what either view is of. */
import * as l10n from '@vscode/l10n';
import type { RobustnessTab } from '../../src/protocol/robustnessPanel';
import type { ExportKind } from '../../src/protocol/runPanel';
import { Select } from '../controls';
import { CheckpointsMenu, MethodName, RunPicker, Toolbar } from '../frame';
import type { ComponentChildren } from 'preact';
import type { RobustnessState } from './robustnessState';
import type { SavedState } from './savedState';
import { MEASURES, measureText } from './tests/measures';

export interface RobustnessToolbarProperties {
  readonly of: RobustnessState;
  readonly state: SavedState;
  readonly keep: (change: Partial<SavedState>) => void;
  /** Called with null for the newest. */
  readonly onRun: (folder: string | null) => void;
  readonly onSave: (kind: ExportKind) => void;
  readonly onHelp: () => void;
  /** The controls of one image: what is chosen daily, and the rest. */
  readonly imageControls: ComponentChildren;
  readonly appearance: () => ComponentChildren;
}

export function RobustnessToolbar(properties: RobustnessToolbarProperties) {
  const { of, state, keep, onRun, onSave, onHelp, imageControls, appearance } = properties;
  const ofImage = state.tab === 'image';
  return (
    <Toolbar
      label={l10n.t('What is shown')}
      appearance={ofImage ? appearance : undefined}
      save={{ onSave }}
      onHelp={onHelp}
    >
      <Tabs tab={state.tab} onTab={(tab) => keep({ tab })} />
      <RunPicker view={of.view} onRun={onRun} />
      <CheckpointsMenu
        all={of.view.checkpoints}
        shown={of.checkpoints}
        onChange={(epochs) => keep({ epochs: epochs === null ? null : [...epochs] })}
      />
      {ofImage ? (
        imageControls
      ) : (
        <div class="curves-choice">
          <Select
            label={l10n.t('Curves')}
            title={l10n.t('Measure of the curves')}
            choices={MEASURES.map((each) => ({ value: each.id, text: measureText(each) }))}
            value={state.measure}
            onChange={(measure) => keep({ measure })}
          />
          <MethodName id={of.view.studyMethod} />
        </div>
      )}
    </Toolbar>
  );
}

/** The ids of tabs, which name their panel. */
export function tabId(tab: RobustnessTab): string {
  return `tab-${tab}`;
}

function Tabs({ tab: shown, onTab }: { readonly tab: RobustnessTab; readonly onTab: (tab: RobustnessTab) => void }) {
  const tabs: readonly (readonly [RobustnessTab, string])[] = [
    ['tests', l10n.t('Over many images')],
    ['image', l10n.t('One image')],
  ];
  return (
    <div
      class="tabs"
      role="tablist"
      aria-label={l10n.t('Views')}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
        event.preventDefault();
        const other = shown === 'tests' ? 'image' : 'tests';
        event.currentTarget.querySelector<HTMLElement>(`#${tabId(other)}`)?.focus();
        onTab(other);
      }}
    >
      {tabs.map(([tab, text]) => (
        <button
          key={tab}
          id={tabId(tab)}
          class="tab"
          role="tab"
          aria-controls="view"
          aria-selected={tab === shown}
          tabIndex={tab === shown ? 0 : -1}
          onClick={() => onTab(tab)}
        >
          {text}
        </button>
      ))}
    </div>
  );
}
