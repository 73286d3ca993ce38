import * as l10n from '@vscode/l10n';
import type { RunView } from '../../src/protocol/panelView';
import { FUSIONS, fusedLayers, fusedName, type Fusion } from '../common/layer';
import { Checkbox, Popover, Select } from '../controls';

export interface LayerPickerProperties {
  readonly view: Pick<RunView, 'layers'>;
  /** The name of the chosen one, or of several that are fused. */
  readonly layer: string;
  readonly onLayer: (layer: string) => void;
}

/** Chooses the layer whose activations are explained, by its name and the size of its maps; or several that are fused. */
export function LayerPicker({ view: { layers }, layer, onLayer }: LayerPickerProperties) {
  const fused = fusedLayers(layer);
  const single = layers.map(({ name, height, width }) => ({ value: name, text: `${name} (${height} × ${width})` }));
  const several = FUSIONS.map((fusion) => ({ value: fusion, text: fusionTexts()[fusion] }));
  const choose = (value: string): void => {
    const fusion = FUSIONS.find((each) => each === value);
    const names = fused?.layers ?? layers.slice(-2).map(({ name }) => name);
    onLayer(fusion === undefined ? value : fusedName({ fusion, layers: names }));
  };
  return (
    <>
      <Select
        label={l10n.t('Layer')}
        choices={layers.length > 1 ? [...single, ...several] : single}
        value={fused?.fusion ?? layer}
        onChange={choose}
      />
      {fused !== undefined && (
        <Popover label={fused.layers.join(', ')} title={l10n.t('Layers that become one map')} icon="layers">
          {() => (
            <>
              <p class="muted">{l10n.t('Each map is scaled to its own range, and enlarged, before they are fused.')}</p>
              <div class="popover-list">
                {single.map(({ value, text }) => (
                  <Checkbox
                    key={value}
                    checked={fused.layers.includes(value)}
                    onChange={(on) => {
                      const chosen = layers
                        .map(({ name }) => name)
                        .filter((name) => (name === value ? on : fused.layers.includes(name)));
                      // One alone is not fused.
                      onLayer(chosen.length > 1 ? fusedName({ ...fused, layers: chosen }) : (chosen[0] ?? value));
                    }}
                  >
                    {text}
                  </Checkbox>
                ))}
              </div>
            </>
          )}
        </Popover>
      )}
    </>
  );
}

function fusionTexts(): Readonly<Record<Fusion, string>> {
  return { mean: l10n.t('Mean of several…'), maximum: l10n.t('Maximum of several…') };
}
