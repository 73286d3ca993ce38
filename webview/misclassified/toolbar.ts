/** The controls: the first row chooses what is shown, the second its appearance. */
import type { Scale } from '../../src/imaging/heatmap';
import type { ExportKind } from '../../src/protocol/runPanel';
import { button, dropdown } from '../common/controls';
import { h } from '../common/dom';
import { field } from '../common/field';
import { createMethodName } from '../common/methodName';
import { createRunPicker } from '../common/runPage/runPicker';
import { createAppearanceControls } from '../common/heat/appearanceControls';
import type { MisclassifiedState } from './misclassifiedState';
import { createScrubber } from './scrubber';
import type { Choice } from './savedState';

export interface ToolbarOptions {
  readonly onChoice: (change: Partial<Choice>) => void;
  /** Null is the newest. */
  readonly onRun: (run: string | null) => void;
  readonly onSave: (kind: ExportKind) => void;
}

export interface Toolbar {
  readonly element: HTMLElement;
  update(model: MisclassifiedState, shared: Scale | undefined): void;
  step(by: number): void;
}

export function createToolbar({ onChoice, onRun, onSave }: ToolbarOptions): Toolbar {
  let choice: Choice | undefined;
  const run = createRunPicker(onRun);
  const scrubber = createScrubber((epoch) => onChoice({ epoch }));
  const method = createMethodName();
  const layer = dropdown('Layer', (value) => onChoice({ layer: value }));
  const look = createAppearanceControls({ image: 'Per map', row: 'Per image', shared: 'Shared' }, (change) => {
    if (choice !== undefined) onChoice({ look: { ...choice.look, ...change } });
  });
  return {
    element: h(
      'div',
      { class: 'toolbar', role: 'toolbar', 'aria-label': 'What is shown' },
      h(
        'div',
        { class: 'controls' },
        run.element,
        scrubber.element,
        method.element,
        field('Layer', layer.element),
        h(
          'span',
          { class: 'toolbar-actions' },
          button({ label: 'Export the figure as PNG', icon: 'save', appearance: 'icon', onClick: () => onSave('png') }),
          button({ label: 'Export the list as CSV', icon: 'table', appearance: 'icon', onClick: () => onSave('csv') }),
        ),
      ),
      look.element,
    ),
    step: (by) => scrubber.step(by),
    update(model, shared) {
      const { view, checkpoint } = model;
      choice = model.choice;
      run.element.hidden = view.runs.length < 2 && view.otherSettings === null;
      run.update(view);
      scrubber.update(view.checkpoints, checkpoint.epoch);
      method.update(view.studyMethod);
      layer.set(
        view.layers.map(({ name, height, width }) => ({ value: name, text: `${name} (${height} × ${width})` })),
        model.layer,
      );
      look.update(choice.look, choice.look.scale === 'shared' ? shared : undefined);
    },
  };
}
