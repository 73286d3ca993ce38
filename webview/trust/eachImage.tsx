/** The values of each image, which opens its heatmaps. */
import * as l10n from '@vscode/l10n';
import { useState } from 'preact/hooks';
import type { SetImage } from '../../src/protocol/panelView';
import { imageName } from '../common/text';
import type { ImageRows } from './content';
import { numberText } from './numberTexts';

export interface EachImageProperties {
  readonly images: ImageRows;
  readonly onOpen: (image: SetImage) => void;
}

export function EachImage({ images: { title, heads, rows }, onOpen }: EachImageProperties) {
  const [open, setOpen] = useState(false);
  return (
    <details class="all-values" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{title}</summary>
      {open && (
        <div class="values-frame" tabIndex={0} role="region" aria-label={title}>
          <table class="values each-image">
            <thead>
              <tr>
                {[l10n.t('Image'), l10n.t('Label'), ...heads].map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ name, label, values }) => (
                <tr key={name}>
                  <th scope="row">
                    <Name name={name} onOpen={onOpen} />
                  </th>
                  <td>{label}</td>
                  {values.map((value, place) => (
                    <td key={place}>{numberText(value)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}

/** A file's heatmaps are opened by the file. */
function Name({ name, onOpen }: Pick<EachImageProperties, 'onOpen'> & { readonly name: string }) {
  const [, set, index] = /^(test|train):(\d+)$/.exec(name) ?? [];
  if (index === undefined) return <>{imageName(name)}</>;
  return (
    <button
      class="open-image"
      title={l10n.t('Open heatmaps')}
      onClick={() => onOpen({ set: set === 'train' ? 'train' : 'test', index: Number(index) })}
    >
      {imageName(name)}
    </button>
  );
}
