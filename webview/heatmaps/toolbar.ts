/**
 * The controls. The first row chooses what is shown, and may compute; the second row changes the appearance at once.
 */
import { listed } from '../../src/common/listed';
import { METHODS, methodText } from '../../src/explanations';
import type { PanelView } from '../../src/protocol/panelView';
import type { ExportKind } from '../../src/protocol/runPanel';
import { button, dropdown, toggleButton } from '../common/controls';
import { h } from '../common/dom';
import { countText } from '../common/text';
import { field } from '../common/field';
import { createRunPicker } from '../common/runPage/runPicker';
import { createAppearanceControls } from '../common/heat/appearanceControls';
import { createCheckpointsMenu } from '../common/checkpointsMenu';
import type { CellPlace } from './grid';
import { createImagesMenu } from './imagesMenu';
import { scales, shownCell, type HeatmapsState } from './heatmapsState';
import type { Settings } from './settings';

export interface ToolbarOptions {
  readonly current: () => HeatmapsState | undefined;
  readonly onSettings: (change: Partial<Settings>) => void;
  /** Null is the newest. */
  readonly onRun: (folder: string | null) => void;
  readonly onFollow: (follows: boolean) => void;
  readonly onGallery: () => void;
  readonly onFiles: (files: 'ask' | 'study') => void;
  readonly onSave: (kind: ExportKind) => void;
  readonly onCopy: () => void;
  readonly onRefresh: () => void;
  readonly onHelp: () => void;
}

export interface Toolbar {
  readonly element: HTMLElement;
  update(view: PanelView, settings: Settings, model: HeatmapsState | undefined, point: CellPlace | undefined): void;
}

const SCALE_TEXTS = { image: 'Per image', row: 'Per row', shared: 'Shared' } as const;

export function createToolbar(options: ToolbarOptions): Toolbar {
  const { onSettings, current } = options;
  const run = createRunPicker(options.onRun);
  const target = dropdown<string>('Class of the heatmaps', (value) =>
    onSettings({ target: value === 'predicted' || value === 'label' ? value : Number(value) }),
  );
  const method = dropdown<string>('Explanation method', (value) => onSettings({ method: value }));
  const layer = dropdown<string>('Layer', (value) => onSettings({ layer: value }));
  const checkpoints = createCheckpointsMenu(
    () => {
      const model = current();
      return model && { all: model.view.checkpoints, shown: model.checkpoints };
    },
    (epochs) => onSettings({ epochs }),
  );
  const images = createImagesMenu({
    current,
    onHide: (hidden) => onSettings({ hidden }),
    onGallery: options.onGallery,
    onFiles: options.onFiles,
  });
  const look = createAppearanceControls(SCALE_TEXTS, onSettings);
  const follow = toggleButton({
    label: 'Follow the study file that has the focus',
    icon: 'pin',
    onClick: () => options.onFollow(follow.element.getAttribute('aria-pressed') !== 'true'),
  });
  const needsResults = [
    button({
      label: 'Export the figure as PNG…',
      icon: 'save',
      appearance: 'icon',
      onClick: () => options.onSave('png'),
    }),
    button({
      label: 'Export the raw values as CSV…',
      icon: 'table',
      appearance: 'icon',
      onClick: () => options.onSave('csv'),
    }),
    button({ label: 'Copy the figure (C)', icon: 'copy', appearance: 'icon', onClick: options.onCopy }),
    button({ label: 'Compute again (R)', icon: 'refresh', appearance: 'icon', onClick: options.onRefresh }),
  ];
  const help = button({ label: 'Keyboard shortcuts (?)', icon: 'help', appearance: 'icon', onClick: options.onHelp });
  const actions = h(
    'div',
    { class: 'toolbar-actions', role: 'group', 'aria-label': 'Actions' },
    ...needsResults,
    follow.element,
    help,
  );
  const forResults = [
    field('Class', target.element),
    field('Method', method.element),
    field('Layer', layer.element),
    checkpoints.button,
    images.button,
  ];
  const element = h(
    'div',
    { class: 'toolbar' },
    h('div', { class: 'controls', role: 'group', 'aria-label': 'What is shown' }, run.element, ...forResults, actions),
    look.element,
    checkpoints.panel,
    images.panel,
  );

  function updateRuns(view: PanelView, model: HeatmapsState | undefined): void {
    run.update(view);
    follow.set(view.source.follows);
    const missing = model === undefined;
    for (const part of [run.element, look.element, ...forResults, ...needsResults])
      part.toggleAttribute('hidden', missing);
  }

  return {
    element,
    update(view, settings, model, point) {
      updateRuns(view, model);
      look.update(settings, model === undefined ? undefined : barScale(model, point));
      if (model === undefined) return;
      const names = model.view.classNames;
      target.set(
        [
          { value: 'predicted', text: 'Predicted' },
          { value: 'label', text: 'Label' },
          ...names.map((name, index) => ({ value: String(index), text: name })),
        ],
        String(settings.target),
      );
      method.set(
        METHODS.map(({ id, name }) => ({ value: id, text: name })),
        model.method,
      );
      method.element.title = methodTitle(model);
      layer.set(
        model.view.layers.map(({ name, height, width }) => ({ value: name, text: `${name} · ${height}×${width}` })),
        model.layer,
      );
      checkpoints.setText(countText('checkpoint', model.checkpoints.length, model.view.checkpoints.length));
      images.setText(countText('image', model.images.length, model.view.images.length));
    },
  };
}

/** What the method is, what it costs, and which others give the same maps at this layer. */
function methodTitle({ method, results }: HeatmapsState): string {
  const chosen = METHODS.find(({ id }) => id === method);
  const sentences = chosen === undefined ? [] : [methodText(chosen)];
  const { passes, sameAs = [] } = results.method ?? {};
  if (passes !== undefined)
    sentences.push(
      passes.backward === 0
        ? 'Here it takes no more than a forward pass an image.'
        : `Here it takes ${passes.forward} forward and ${passes.backward} backward passes an image.`,
    );
  if (sameAs.length > 0)
    sentences.push(`${listed(sameAs)} gives the same maps here: average pooling and a linear layer follow this layer.`);
  return sentences.join(' ');
}

/** The common scale, or that of the cell or row under the pointer. */
function barScale(model: HeatmapsState, point: CellPlace | undefined): ReturnType<ReturnType<typeof scales>> {
  const { scale } = model.settings;
  if (scale === 'shared') return scales(model)('');
  if (point === undefined) return undefined;
  if (scale === 'row') return scales(model)(point.image);
  const shown = shownCell(model, point.image, point.epoch);
  return shown?.result.range(shown.target);
}
