/** The controls: set, class, indices, predictions of a checkpoint, and size of the tiles. */
import type { SetName } from '../../src/protocol/engine';
import type { GalleryRun } from '../../src/protocol/gallery';
import { button, dropdown, slider, textField, toggleButton, type Choice } from '../common/controls';
import { h } from '../common/dom';
import { countLabels, type Filter } from './filter';
import { setInfo, TILES, type Checkpoint, type GalleryState } from './galleryState';

export interface ToolbarOptions {
  readonly onFilter: (change: Partial<Filter>) => void;
  /** Enter in the index field. */
  readonly onGo: () => void;
  readonly onCheckpoint: (checkpoint: Checkpoint | null) => void;
  readonly onTile: (tile: number) => void;
  readonly onReset: () => void;
}

export interface Toolbar {
  readonly element: HTMLElement;
  update(model: GalleryState): void;
}

const ANY = 'any';

export function createToolbar(options: ToolbarOptions): Toolbar {
  const { onFilter } = options;
  let runs: readonly GalleryRun[] = [];
  let run = '';
  const set = dropdown<SetName>('Set', (value) => onFilter({ set: value, query: '' }));
  const label = dropdown('Class', (value) => onFilter({ label: numberOf(value) }));
  const index = textField('Index: go to 1234, or show 10-20, 55', {
    placeholder: 'Index: 1234, or 10-20, 55',
    onInput: (query) => onFilter({ query }),
  });
  index.element.classList.add('index');
  index.element.addEventListener('keydown', ({ key }) => {
    if (key === 'Enter') options.onGo();
  });
  const runChoice = dropdown('Run', (value) => {
    run = value;
    options.onCheckpoint(newest(runs.find(({ folder }) => folder === value)));
  });
  const epoch = dropdown('Checkpoint whose predictions are shown', (value) => {
    const number = numberOf(value);
    options.onCheckpoint(number === null ? null : { run, epoch: number });
  });
  const verdict = dropdown<Filter['verdict']>('Right or wrong', (value) => onFilter({ verdict: value }));
  const predicted = dropdown('Predicted class', (value) => onFilter({ predicted: numberOf(value) }));
  const selectedOnly = toggleButton({
    label: 'Show selected images only',
    icon: 'check',
    onClick: () => onFilter({ selectedOnly: selectedOnly.element.getAttribute('aria-pressed') !== 'true' }),
  });
  const tile = slider('Size of the images', TILES, options.onTile);
  const reset = button({ label: 'Show all', icon: 'close', onClick: options.onReset });
  const checkpoints = h(
    'span',
    { class: 'group' },
    runChoice.element,
    epoch.element,
    verdict.element,
    predicted.element,
  );
  const problem = h('span', { class: 'error-text', role: 'alert' });
  const count = h('span', { class: 'muted count', role: 'status' });

  return {
    element: h(
      'div',
      { class: 'toolbar', role: 'toolbar', 'aria-label': 'Which images are shown' },
      h('span', { class: 'group' }, set.element, label.element, index.element),
      checkpoints,
      h('span', { class: 'group' }, selectedOnly.element, reset, problem, count),
      h('span', { class: 'group end' }, tile.element),
    ),
    update(model) {
      const { view, filter, checkpoint, query, shown } = model;
      const { sets, classNames } = view.dataset;
      runs = view.runs;
      run = checkpoint?.run ?? (runs.some(({ folder }) => folder === run) ? run : (runs[0]?.folder ?? ''));
      set.set(setChoices(sets), filter.set);
      set.element.hidden = sets.test.count === 0 || sets.train.count === 0;
      const counts = countLabels(setInfo(model).labels, classNames.length);
      label.set(
        [
          { value: ANY, text: 'All classes' },
          ...classNames.map((name, number) => ({
            value: String(number),
            text: `${name} (${grouped(counts[number] ?? 0)})`,
          })),
        ],
        textOf(filter.label),
      );
      if (index.value !== filter.query) index.set(filter.query);
      checkpoints.hidden = runs.length === 0;
      runChoice.element.hidden = runs.length < 2;
      runChoice.set(
        runs.map(({ folder, text }) => ({ value: folder, text })),
        run,
      );
      epoch.set(epochChoices(runs.find(({ folder }) => folder === run)), textOf(checkpoint?.epoch ?? null));
      for (const { element } of [verdict, predicted]) element.hidden = checkpoint === null;
      verdict.set(VERDICTS, filter.verdict);
      predicted.set(
        [
          { value: ANY, text: 'Taken for any class' },
          ...classNames.map((name, number) => ({ value: String(number), text: `Taken for ${name}` })),
        ],
        textOf(filter.predicted),
      );
      selectedOnly.element.hidden = view.study === null;
      selectedOnly.set(filter.selectedOnly);
      tile.set(model.tile);
      problem.textContent = query.kind === 'wrong' ? query.problem : '';
      const total = setInfo(model).count;
      reset.hidden = shown.length === total && filter.query === '';
      count.textContent =
        shown.length === total ? `${grouped(total)} images` : `${grouped(shown.length)} of ${grouped(total)} images`;
    },
  };
}

const VERDICTS: readonly Choice<Filter['verdict']>[] = [
  { value: 'all', text: 'Right and wrong' },
  { value: 'wrong', text: 'Only what it gets wrong' },
  { value: 'right', text: 'Only what it gets right' },
];

function setChoices(sets: GalleryState['view']['dataset']['sets']): Choice<SetName>[] {
  return [
    { value: 'test', text: `Test (${grouped(sets.test.count)})` },
    { value: 'train', text: `Training (${grouped(sets.train.count)})` },
  ];
}

function epochChoices(run: GalleryRun | undefined): Choice<string>[] {
  const checkpoints = (run?.checkpoints ?? []).map(({ epoch, testAccuracy }) => ({
    value: String(epoch),
    text: testAccuracy === null ? `Epoch ${epoch}` : `Epoch ${epoch} (${testAccuracy.toFixed(1)} %)`,
  }));
  return [{ value: ANY, text: 'No predictions' }, ...checkpoints.reverse()];
}

function newest(run: GalleryRun | undefined): Checkpoint | null {
  const last = run?.checkpoints.at(-1);
  return run === undefined || last === undefined ? null : { run: run.folder, epoch: last.epoch };
}

function numberOf(value: string): number | null {
  return value === ANY ? null : Number(value);
}

function textOf(number: number | null): string {
  return number === null ? ANY : String(number);
}

export function grouped(number: number): string {
  return number.toLocaleString('en');
}
