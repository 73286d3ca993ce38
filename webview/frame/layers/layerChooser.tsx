/** The layers to choose from, beside a map of the network. Loaded when it opens. */
import * as l10n from '@vscode/l10n';
import { useEffect, useState } from 'preact/hooks';
import type { RunView } from '../../../src/protocol/panelView';
import type { NetworkMapView } from '../../../src/protocol/runPanel';
import { FUSIONS, fusedLayers, fusedName, type Fusion } from '../../common/layer';
import { Select } from '../../controls';
import { SearchList } from '../../controls/searchList';
import { layerRows, type LayersView } from './layerRows';
import { NetworkMap } from './networkMap';
import { networkMapOf } from './networkMaps';

export interface LayerChooserProperties {
  readonly view: LayersView & Pick<RunView, 'run' | 'inputSize'>;
  /** The name of the chosen one, or of several that are fused. */
  readonly layer: string;
  readonly onLayer: (layer: string) => void;
  readonly close: () => void;
}

const ONE = 'one';

export function LayerChooser({ view, layer, onLayer, close }: LayerChooserProperties) {
  const map = useMap(view.run);
  const fused = fusedLayers(layer);
  const chosen = fused?.layers ?? [layer];
  const choose = (name: string): void => {
    if (fused === undefined) {
      onLayer(name);
      close();
    } else onLayer(toggled(view, fused.fusion, chosen, name));
  };
  return (
    <div class="layer-chooser">
      <div class="layer-side">
        <SearchList
          label={l10n.t('Layer')}
          items={layerRows(view)}
          chosen={chosen}
          several={fused !== undefined}
          onChoose={choose}
        />
        {view.layers.length > 1 && (
          <Select
            label={l10n.t('Choose')}
            title={l10n.t('How many layers are explained')}
            choices={[
              { value: ONE, text: l10n.t('One layer') },
              { value: 'mean', text: l10n.t('Mean of several') },
              { value: 'maximum', text: l10n.t('Maximum of several') },
            ]}
            value={fused?.fusion ?? ONE}
            onChange={(value) => onLayer(changedTo(view, chosen, value))}
          />
        )}
        {fused !== undefined && (
          <p class="muted">{l10n.t('Each map is scaled to its own range, and enlarged, before they are fused.')}</p>
        )}
      </div>
      {/* Its room is there from the beginning, so that the panel stays where it is. */}
      {map === undefined ? (
        <div class="network-map" />
      ) : (
        <NetworkMap map={map} inputSize={view.inputSize} chosen={chosen} onChoose={choose} />
      )}
    </div>
  );
}

/** One layer, or several: where there was one alone, with the one before it, or behind it. */
function changedTo({ layers }: LayersView, chosen: readonly string[], value: string): string {
  const fusion = FUSIONS.find((each) => each === value);
  if (fusion === undefined) return chosen.at(-1) ?? '';
  const names = layers.map(({ name }) => name);
  const at = Math.max(1, names.indexOf(chosen.at(-1) ?? ''));
  return fusedName({ fusion, layers: chosen.length > 1 ? chosen : names.slice(at - 1, at + 1) });
}

/** In forward order. One alone is not fused. */
function toggled({ layers }: LayersView, fusion: Fusion, chosen: readonly string[], name: string): string {
  const names = layers
    .map((each) => each.name)
    .filter((each) => (each === name ? !chosen.includes(name) : chosen.includes(each)));
  return names.length > 1 ? fusedName({ fusion, layers: names }) : (names[0] ?? name);
}

/** Undefined until it is there, and where there is none. */
function useMap(run: string): NetworkMapView | undefined {
  const [map, setMap] = useState<NetworkMapView>();
  useEffect(() => {
    let isWanted = true;
    networkMapOf(run).then(
      (found) => isWanted && setMap(found),
      (error: unknown) => console.warn('no map of the network', error),
    );
    return () => void (isWanted = false);
  }, [run]);
  return map;
}
