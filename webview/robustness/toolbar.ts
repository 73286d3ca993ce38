/** The controls: run, checkpoints, view, and exports. */
import type { RobustnessTab } from '../../src/protocol/robustnessPanel';
import type { ExportKind } from '../../src/protocol/runPanel';
import { createCheckpointsMenu } from '../common/checkpointsMenu';
import { button } from '../common/controls';
import { h } from '../common/dom';
import { createRunPicker } from '../common/runPage/runPicker';
import { countText } from '../common/text';
import type { RobustnessState } from './robustnessState';
import type { SavedState } from './savedState';

export interface ToolbarOptions {
  readonly current: () => RobustnessState | undefined;
  readonly onState: (change: Partial<SavedState>) => void;
  /** Null is the newest. */
  readonly onRun: (folder: string | null) => void;
  readonly onSave: (kind: ExportKind) => void;
  readonly onHelp: () => void;
}

export interface Toolbar {
  readonly element: HTMLElement;
  update(model: RobustnessState): void;
}

const TABS: readonly { readonly tab: RobustnessTab; readonly text: string }[] = [
  { tab: 'tests', text: 'Over many images' },
  { tab: 'image', text: 'One image' },
];

export function createToolbar({ current, onState, onRun, onSave, onHelp }: ToolbarOptions): Toolbar {
  const run = createRunPicker(onRun);
  const checkpoints = createCheckpointsMenu(
    () => {
      const model = current();
      return model && { all: model.view.checkpoints, shown: model.checkpoints };
    },
    (epochs) => onState({ epochs }),
  );
  const tabs = TABS.map(({ tab, text }) => {
    const element = h('button', { class: 'tab', role: 'tab', id: `tab-${tab}`, 'aria-controls': 'view' }, text);
    element.addEventListener('click', () => onState({ tab }));
    return { tab, element };
  });
  const list = h(
    'div',
    { class: 'tabs', role: 'tablist', 'aria-label': 'Views' },
    ...tabs.map(({ element }) => element),
  );
  list.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    const other = tabs.find(({ element }) => element !== document.activeElement);
    other?.element.focus();
    other?.element.click();
    event.preventDefault();
  });
  const actions = h(
    'div',
    { class: 'toolbar-actions', role: 'group', 'aria-label': 'Actions' },
    button({ label: 'Export the figure as PNG…', icon: 'save', appearance: 'icon', onClick: () => onSave('png') }),
    button({ label: 'Export the numbers as CSV…', icon: 'table', appearance: 'icon', onClick: () => onSave('csv') }),
    button({ label: 'Keyboard shortcuts (?)', icon: 'help', appearance: 'icon', onClick: onHelp }),
  );
  return {
    element: h(
      'div',
      { class: 'toolbar' },
      h('div', { class: 'controls' }, list, run.element, checkpoints.button, actions),
      checkpoints.panel,
    ),
    update({ view, state, checkpoints: shown }) {
      run.update(view);
      checkpoints.setText(countText('checkpoint', shown.length, view.checkpoints.length));
      for (const { tab, element } of tabs) {
        element.setAttribute('aria-selected', String(tab === state.tab));
        element.tabIndex = tab === state.tab ? 0 : -1;
      }
    },
  };
}
