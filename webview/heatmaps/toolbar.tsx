/** The controls: what is changed daily in sight, and behind *Appearance* what is computed and how it looks. */
import * as l10n from '@vscode/l10n';
import type { ComponentChildren } from 'preact';
import { listed } from '../../src/common/listed';
import { METHODS, methodText } from '../../src/explanations';
import type { RunView } from '../../src/protocol/panelView';
import { Select } from '../controls';
import { CheckpointsMenu, RunPicker, Toolbar } from '../frame';
import { AppearanceControls, OpacitySlider, type Look } from '../heat';
import type { HeatmapsState } from './heatmapsState';
import type { Settings } from './settings';

export interface HeatmapsToolbarProperties {
  readonly view: RunView;
  readonly state: HeatmapsState;
  readonly look: Look;
  readonly onSettings: (change: Partial<Settings>) => void;
  /** Null is the newest. */
  readonly onRun: (folder: string | null) => void;
  /** The menu of images. */
  readonly images: ComponentChildren;
  /** Icon buttons at the end. */
  readonly actions: ComponentChildren;
}

export function HeatmapsToolbar(properties: HeatmapsToolbarProperties) {
  const { view, state, look, onSettings, onRun, images, actions } = properties;
  return (
    <Toolbar
      label={l10n.t('What is shown')}
      actions={actions}
      appearance={() => <Appearance state={state} look={look} onSettings={onSettings} />}
    >
      <RunPicker view={view} onRun={onRun} />
      <TargetPicker state={state} onSettings={onSettings} />
      <CheckpointsMenu
        all={view.checkpoints}
        shown={state.checkpoints}
        onChange={(epochs) => onSettings({ epochs: epochs === null ? null : [...epochs] })}
      />
      {images}
      <OpacitySlider look={look} />
    </Toolbar>
  );
}

type PickerProperties = Pick<HeatmapsToolbarProperties, 'state' | 'onSettings'>;

function TargetPicker({ state: { view, settings }, onSettings }: PickerProperties) {
  return (
    <Select
      label={l10n.t('Class')}
      title={l10n.t('Class of the heatmaps')}
      choices={[
        { value: 'predicted', text: l10n.t('Predicted') },
        { value: 'label', text: l10n.t('Label') },
        ...view.classNames.map((name, index) => ({ value: String(index), text: name })),
      ]}
      value={String(settings.target)}
      onChange={(value) => onSettings({ target: value === 'predicted' || value === 'label' ? value : Number(value) })}
    />
  );
}

function Appearance({ state, look, onSettings }: PickerProperties & { readonly look: Look }) {
  const { view, method, layer } = state;
  return (
    <>
      <Select
        label={l10n.t('Method')}
        title={l10n.t('Explanation method')}
        tooltip={methodTitle(state)}
        choices={METHODS.map(({ id, name }) => ({ value: id, text: name }))}
        value={method}
        onChange={(value) => onSettings({ method: value })}
      />
      <Select
        label={l10n.t('Layer')}
        choices={view.layers.map(({ name, height, width }) => ({ value: name, text: `${name} · ${height}×${width}` }))}
        value={layer}
        onChange={(value) => onSettings({ layer: value })}
      />
      <AppearanceControls
        look={look}
        scaleTexts={{ image: l10n.t('Per image'), row: l10n.t('Per row'), shared: l10n.t('Shared') }}
      />
    </>
  );
}

/** What the method is, what it costs, and which others give the same maps at this layer. */
function methodTitle({ method, results }: HeatmapsState): string {
  const chosen = METHODS.find(({ id }) => id === method);
  const sentences = chosen === undefined ? [] : [methodText(chosen)];
  const { passes, sameAs = [] } = results.method ?? {};
  if (passes?.backward === 0) sentences.push(l10n.t('Here it takes no more than a forward pass an image.'));
  else if (passes !== undefined)
    sentences.push(
      l10n.t('Here it takes {0} forward and {1} backward passes an image.', passes.forward, passes.backward),
    );
  if (sameAs.length > 0)
    sentences.push(
      l10n.t('{0} gives the same maps here: average pooling and a linear layer follow this layer.', listed(sameAs)),
    );
  return sentences.join(' ');
}
