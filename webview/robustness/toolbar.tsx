/** The controls of the panel: the view, the run, the checkpoints, and what either view is of. */
import * as l10n from '@vscode/l10n';
import type { ExportKind } from '../../src/protocol/runPanel';
import { Select, Tabs } from '../controls';
import { CheckpointsMenu, RunPicker, Toolbar } from '../frame';
import { MethodName } from '../frame/methodName';
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
      <Tabs
        label={l10n.t('Views')}
        tabs={[
          ['tests', l10n.t('Over many images')],
          ['image', l10n.t('One image')],
          ['benchmarks', l10n.t('Benchmarks')],
          ['attacks', l10n.t('Attacks')],
        ]}
        shown={state.tab}
        onTab={(tab) => keep({ tab })}
      />
      <RunPicker view={of.view} onRun={onRun} />
      <CheckpointsMenu
        all={of.view.checkpoints}
        shown={of.checkpoints}
        onChange={(epochs) => keep({ epochs: epochs === null ? null : [...epochs] })}
      />
      {ofImage && imageControls}
      {state.tab === 'tests' && (
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
