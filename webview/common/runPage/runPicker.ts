/** Chooses the run of the study that is shown: always the newest, or a certain one. */
import type { PanelView } from '../../../src/protocol/panelView';
import { dropdown, type Choice } from '../controls';
import { h } from '../dom';
import { field } from '../field';
import { icon } from '../icons';

export interface RunPicker {
  /** The control with its name, and a note where the run was made with other settings than the study's. */
  readonly element: HTMLElement;
  update(view: PanelView): void;
}

const NEWEST = 'newest';

/** @param onRun called with null for the newest */
export function createRunPicker(onRun: (run: string | null) => void): RunPicker {
  const control = dropdown<string>('Run', (value) => onRun(value === NEWEST ? null : value));
  const note = h('span', { class: 'run-note muted', role: 'note', hidden: true });
  return {
    element: h('div', { class: 'field' }, field('Run', control.element), note),
    update(view) {
      const other = view.kind === 'run' ? view.otherSettings : null;
      note.hidden = other === null;
      note.title = other === null ? '' : `This run was ${other}.`;
      note.replaceChildren(...(other === null ? [] : [icon('warning'), 'made with other settings']));
      const runs = view.kind === 'run' ? view.runs : [];
      const choices = runs.map(({ folder, text }): Choice<string> => ({ value: folder, text }));
      control.set([{ value: NEWEST, text: 'Newest' }, ...choices], view.source.run ?? NEWEST);
    },
  };
}
