/** The layers of a run as the picker lists them. */
import * as l10n from '@vscode/l10n';
import type { LayerInfo, RunView } from '../../../src/protocol/panelView';
import type { SearchItem } from '../../controls/searchItems';

/** Of more layers than so many, those of a module stand together. */
const MOST_TOGETHER = 12;

export type LayersView = Pick<RunView, 'layers' | 'defaultLayer' | 'studyLayer'>;

export function layerRows({ layers, defaultLayer, studyLayer }: LayersView): SearchItem[] {
  const groups = groupsOf(layers);
  return layers.map((layer) => {
    const { name, aliases } = layer;
    return {
      value: name,
      text: name,
      detail: sizeText(layer),
      aliases,
      group: groups.get(name),
      title: aliases.length === 0 ? undefined : l10n.t('Also called {0}', aliases.join(', ')),
      tags: [
        ...(name === defaultLayer ? [l10n.t('default')] : []),
        ...(name === studyLayer && name !== defaultLayer ? [l10n.t('the study’s')] : []),
      ],
    };
  });
}

/** "512 channels · 7×7" */
export function sizeText({
  channels,
  height,
  width,
  tokens,
}: Omit<LayerInfo, 'name' | 'aliases' | 'closedForm'>): string {
  const positions = `${height}×${width}`;
  if (tokens === null) return l10n.t('{0} channels · {1}', channels, positions);
  if (tokens === 0) return l10n.t('{0} channels · {1} tokens', channels, positions);
  return tokens === 1
    ? l10n.t('{0} channels · {1} tokens, class token left aside', channels, positions)
    : l10n.t('{0} channels · {1} tokens, {2} others left aside', channels, positions, tokens);
}

/** The module that each layer stands under, by its name: none where it stands alone, or there are few. */
function groupsOf(layers: readonly LayerInfo[]): ReadonlyMap<string, string> {
  const groups = new Map<string, string>();
  split(
    layers.map(({ name }) => name),
    1,
    groups,
  );
  return groups;
}

/** Splits by one more part of the module's name, as long as there are too many to look through. */
function split(names: readonly string[], depth: number, groups: Map<string, string>): void {
  if (names.length <= MOST_TOGETHER) return;
  const modules = new Map<string, string[]>();
  for (const name of names) {
    const parts = name.split('.');
    const module = parts.slice(0, depth).join('.');
    if (parts.length > depth) modules.set(module, [...(modules.get(module) ?? []), name]);
  }
  for (const [module, inside] of modules) {
    if (inside.length < 2) continue;
    for (const name of inside) groups.set(name, module);
    split(inside, depth + 1, groups);
  }
}
