/** The controls that choose the run, layer, class and images to measure. */
import type { ExportKind } from '../../src/protocol/runPanel';
import { button, dropdown } from '../common/controls';
import { h } from '../common/dom';
import { field } from '../common/field';
import { createMethodName } from '../common/methodName';
import { createRunPicker } from '../common/runPage/runPicker';
import type { DriftState } from './driftState';
import type { Choice } from './savedState';

export interface ToolbarOptions {
  readonly onChoice: (change: Partial<Choice>) => void;
  /** Null is the newest. */
  readonly onRun: (run: string | null) => void;
  readonly onSave: (kind: ExportKind) => void;
  readonly onGallery: () => void;
}

export interface Toolbar {
  readonly element: HTMLElement;
  update(model: DriftState, testCount: number | undefined): void;
}

const STUDY = 'study';
/** The numbers of first test images that can be chosen, if there are as many. */
const COUNTS = [20, 50, 100, 200, 500, 1000];

export function createToolbar({ onChoice, onRun, onSave, onGallery }: ToolbarOptions): Toolbar {
  const run = createRunPicker(onRun);
  const images = dropdown('Images', (value) => onChoice({ images: value === STUDY ? STUDY : Number(value) }));
  const target = dropdown<Choice['target']>('Class of the heatmaps', (value) => onChoice({ target: value }));
  const method = createMethodName();
  const layer = dropdown('Layer', (value) => onChoice({ layer: value }));
  return {
    element: h(
      'div',
      { class: 'toolbar', role: 'toolbar', 'aria-label': 'What is measured' },
      h(
        'div',
        { class: 'controls' },
        run.element,
        field('Images', images.element),
        field('Class', target.element),
        method.element,
        field('Layer', layer.element),
        h(
          'span',
          { class: 'toolbar-actions' },
          button({ label: 'Choose the study’s images', icon: 'images', appearance: 'icon', onClick: onGallery }),
          button({ label: 'Export the curves as PNG', icon: 'save', appearance: 'icon', onClick: () => onSave('png') }),
          button({
            label: 'Export the numbers as CSV',
            icon: 'table',
            appearance: 'icon',
            onClick: () => onSave('csv'),
          }),
        ),
      ),
    ),
    update({ view, choice, layer: shown }, testCount) {
      run.element.hidden = view.runs.length < 2 && view.otherSettings === null;
      run.update(view);
      images.set(imageChoices(view.images.length, testCount, choice), String(choice.images));
      target.set(
        [
          { value: 'predicted', text: 'Predicted by each' },
          { value: 'label', text: 'Label' },
        ],
        choice.target,
      );
      method.update(view.studyMethod);
      layer.set(
        view.layers.map(({ name, height, width }) => ({ value: name, text: `${name} (${height} × ${width})` })),
        shown,
      );
    },
  };
}

function imageChoices(
  named: number,
  testCount: number | undefined,
  { images }: Choice,
): { value: string; text: string }[] {
  const counts = COUNTS.filter((count) => count <= (testCount ?? 0) || count === images);
  return [
    { value: STUDY, text: `The study’s (${named})` },
    ...counts.map((count) => ({ value: String(count), text: `First ${count} test images` })),
  ];
}
