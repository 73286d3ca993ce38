/** Chooses the layer whose activations are explained, or several that are fused: from a list, or on a map of the network. */
import * as l10n from '@vscode/l10n';
import { useRef } from 'preact/hooks';
import { fusedLayers } from '../../common/layer';
import { Field, Popover } from '../../controls';
import '../../controls/searchList.css';
import type { LayerChooser, LayerChooserProperties } from './layerChooser';
import './layers.css';

export type LayerPickerProperties = Omit<LayerChooserProperties, 'close'>;

export function LayerPicker(properties: LayerPickerProperties) {
  const { layer, view } = properties;
  const chooser = useRef<typeof LayerChooser>(null);
  const shown = view.layers.find(({ name }) => name === layer);
  const label = shown === undefined ? labelOf(layer) : `${shown.name} · ${shown.height}×${shown.width}`;
  return (
    <Field name={l10n.t('Layer')}>
      <Popover
        label={label}
        title={l10n.t('Layer')}
        icon="layers"
        load={async () => {
          chooser.current = (await import('./layerChooser')).LayerChooser;
        }}
      >
        {(close) => chooser.current && <chooser.current {...properties} close={close} />}
      </Popover>
    </Field>
  );
}

function labelOf(layer: string): string {
  const fused = fusedLayers(layer);
  if (fused === undefined) return layer;
  return fused.fusion === 'mean'
    ? l10n.t('Mean of {0} layers', fused.layers.length)
    : l10n.t('Maximum of {0} layers', fused.layers.length);
}
