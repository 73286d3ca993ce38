import * as l10n from '@vscode/l10n';
import type { RunView } from '../../src/protocol/panelView';
import { Select } from '../controls';

export interface LayerPickerProperties {
  readonly view: Pick<RunView, 'layers'>;
  /** The name of the chosen one. */
  readonly layer: string;
  readonly onLayer: (layer: string) => void;
}

/** Chooses the layer whose activations are explained, by its name and the size of its maps. */
export function LayerPicker({ view, layer, onLayer }: LayerPickerProperties) {
  const choices = view.layers.map(({ name, height, width }) => ({
    value: name,
    text: `${name} (${height} × ${width})`,
  }));
  return <Select label={l10n.t('Layer')} choices={choices} value={layer} onChange={onLayer} />;
}
