/** The view of one image under each round of each perturbation, at each checkpoint. */
import { createBanner } from '../../common/banner';
import { dropdown } from '../../common/controls';
import { h } from '../../common/dom';
import { emptyState } from '../../common/emptyState';
import { field } from '../../common/field';
import { createMethodName } from '../../common/methodName';
import type { Appearance } from '../../common/heat/appearance';
import { createAppearanceControls } from '../../common/heat/appearanceControls';
import { givenText } from '../../common/heat/pictureStack';
import { keyOf } from '../../common/heat/results';
import { className } from '../../common/text';
import type { RobustnessState } from '../robustnessState';
import type { SavedState } from '../savedState';
import { createDetail } from './detail';
import { createGrid } from './grid';
import { createPerturbedStore } from './perturbedStore';
import { createPerturbedRequest, type PerturbedRequestOptions } from './perturbedRequest';
import { createImageState, scalesOf, type ImageState } from './imageState';
import { createPicker } from './picker';

export interface ImageViewOptions {
  readonly ask: PerturbedRequestOptions['request'];
  readonly onState: (change: Partial<SavedState>) => void;
  readonly onFiles: (files: 'ask' | 'study') => void;
  readonly onGallery: () => void;
  readonly onOutput: () => void;
}

export interface ImageView {
  readonly element: HTMLElement;
  /** Dialogs, which are siblings of everything else. */
  readonly dialog: HTMLDialogElement;
  update(model: RobustnessState): void;
  step(by: number): void;
  /** The content to export. @throws where there is none */
  current(): ImageState;
}

const ALL = 'all';
const ROUNDS = [1, 2, 3, 5, 10] as const;
const SCALE_TEXTS = { image: 'Per map', row: 'Per row', shared: 'Shared' } as const;

export function createImageView(options: ImageViewOptions): ImageView {
  const { onState } = options;
  let model: RobustnessState | undefined;
  let shown: ImageState | undefined;
  const store = createPerturbedStore();
  const looking = createPerturbedRequest({
    request: options.ask,
    store,
    onResults: drawSoon,
    onState: (state) => {
      banner.show(state);
      drawSoon();
    },
  });
  const banner = createBanner({
    things: 'perturbed views',
    onCancel: () => looking.cancel(),
    onResume: () => looking.resume(),
    onOutput: options.onOutput,
  });
  const picker = createPicker({
    onImage: (image) => onState({ image }),
    onFiles: options.onFiles,
    onGallery: options.onGallery,
  });
  const entry = dropdown<string>('Perturbation', (value) => onState({ entry: value === ALL ? null : Number(value) }));
  const rounds = dropdown<string>('Rounds shown', (value) => onState({ rounds: Number(value) }));
  const method = createMethodName();
  const layer = dropdown<string>('Layer', (value) => onState({ layer: value }));
  const controls = createAppearanceControls(SCALE_TEXTS, (change: Partial<Appearance>) => {
    if (model !== undefined) onState({ look: { ...model.state.look, ...change } });
  });
  const note = h('p', { class: 'image-note muted' });
  const grid = createGrid((place) => shown !== undefined && detail.open(place, shown, isComputing()));
  const detail = createDetail((place) => grid.focus(place));
  const unusable = h('div', { class: 'empty', hidden: true });
  const element = h(
    'div',
    { class: 'image-view' },
    h(
      'div',
      { class: 'controls' },
      picker.element,
      field('Perturbation', entry.element),
      field('Rounds', rounds.element),
      method.element,
      field('Layer', layer.element),
    ),
    controls.element,
    banner.element,
    note,
    grid.element,
    unusable,
  );
  let frame = 0;

  function isComputing(): boolean {
    return looking.state.kind === 'computing';
  }

  function drawSoon(): void {
    if (frame === 0) frame = requestAnimationFrame(draw);
  }

  function draw(): void {
    cancelAnimationFrame(frame);
    frame = 0;
    const image = model && imageOf(model);
    if (model === undefined || image === undefined) return;
    shown = createImageState(model, store, keyOf(image));
    const { explained } = shown;
    const problem = explained?.usable === false ? explained.problem : undefined;
    grid.element.hidden = problem !== undefined;
    unusable.hidden = problem === undefined;
    if (problem !== undefined) unusable.replaceChildren(problemView(problem));
    note.textContent = [noteText(model, shown), givenText(explained)].filter((text) => text !== '').join(' ');
    controls.update(
      model.state.look,
      model.state.look.scale === 'shared' ? scalesOf(shown)(cleanRow(shown)) : undefined,
    );
    grid.show(shown, isComputing());
    detail.update(shown, isComputing());
  }

  function problemView(text: string): HTMLElement {
    const actions = [{ label: 'Image Files…', onClick: (): void => options.onFiles('ask') }];
    return emptyState({ icon: 'warning', title: 'This image cannot be used', text, actions });
  }

  return {
    element,
    dialog: detail.element,
    step: (by) => picker.step(by),
    update(next) {
      model = next;
      const { view, state, tests } = next;
      const image = imageOf(next);
      if (image === undefined) return;
      picker.update(view.images.map(keyOf), keyOf(image), view.source.images.of !== 'study');
      const entries = store.entries.length > 0 ? store.entries : tests.tests;
      entry.set(
        [{ value: ALL, text: 'All' }, ...entries.map((each) => ({ value: String(each.entry), text: each.title }))],
        state.entry === null ? ALL : String(state.entry),
      );
      const most = Math.max(...entries.map((each) => each.rounds), 1);
      rounds.element.parentElement?.toggleAttribute('hidden', most === 1);
      rounds.set(
        ROUNDS.map((value) => ({ value: String(value), text: value === 1 ? '1 round' : `${value} rounds` })),
        String(state.rounds),
      );
      method.update(view.studyMethod);
      layer.set(
        view.layers.map(({ name, height, width }) => ({ value: name, text: `${name} · ${height}×${width}` })),
        next.layer,
      );
      looking.want({
        basis: JSON.stringify([
          view.run,
          view.studyMethod,
          next.layer,
          tests.tests,
          image.kind === 'file' && image.resize,
        ]),
        method: view.studyMethod,
        layer: next.layer,
        image,
        entry: tests.tests.some((test) => test.entry === state.entry) ? state.entry : null,
        rounds: state.rounds,
        epochs: next.checkpoints.map(({ epoch }) => epoch),
      });
      draw();
    },
    current() {
      if (shown === undefined || shown.store.layer === undefined) throw new Error('There is nothing to export yet.');
      return shown;
    },
  };
}

/** The chosen image, if it still exists; otherwise the first. */
function imageOf({ view, state }: RobustnessState): RobustnessState['view']['images'][number] | undefined {
  return view.images.find((reference) => keyOf(reference) === state.image) ?? view.images[0];
}

function cleanRow({ rows }: ImageState): ImageState['rows'][number] {
  return rows[0] as ImageState['rows'][number];
}

function noteText({ view, tests }: RobustnessState, { label }: ImageState): string {
  const what =
    label === null
      ? 'No label is known.'
      : `The label is ${className(view.classNames, label)}: ✓ and ✗ are right and wrong.`;
  const published =
    tests.tests.length > 0
      ? ''
      : ' The study has no perturbations of its own: these are the published ones, noise, rotation and occlusion.';
  return `${what} ρ, SSIM and 20 % say how alike the heatmap is to the clean one, brought back first where the image was moved.${published}`;
}
