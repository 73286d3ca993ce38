/** Which run of the study is shown: the newest, whichever that is, or a certain one. */
import type { PanelView } from '../../../src/protocol/panelView';
import { dropdown, type Choice } from '../controls';
import { field } from '../field';

export interface RunPicker {
  /** The control with its name. */
  readonly element: HTMLElement;
  update(view: PanelView): void;
}

const NEWEST = 'newest';

/** @param onRun null is the newest */
export function createRunPicker(onRun: (run: string | null) => void): RunPicker {
  const control = dropdown<string>('Run', (value) => onRun(value === NEWEST ? null : value));
  return {
    element: field('Run', control.element),
    update(view) {
      const runs = view.kind === 'run' ? view.runs : [];
      const choices = runs.map(({ folder, text }): Choice<string> => ({ value: folder, text }));
      control.set([{ value: NEWEST, text: 'Newest' }, ...choices], view.source.run ?? NEWEST);
    },
  };
}
