/** A menu that chooses which images are rows, and adds others. */
import * as l10n from '@vscode/l10n';
import { keyOf, labelOf } from '../common/heat/results';
import { className, imageName } from '../common/text';
import { Button, Checkbox, Popover } from '../controls';
import { imageAt, type HeatmapsState } from './heatmapsState';
import { change, chooseFiles, openGallery } from './page';

export function ImagesMenu({ state }: { readonly state: HeatmapsState }) {
  const { view, settings, images } = state;
  const keys = [...new Set(view.images.map(keyOf))];
  const hidden = new Set(settings.hidden);
  return (
    <Popover label={countText(images.length, view.images.length)} title={l10n.t('Images shown')} icon="images">
      {(close) => {
        const leave = (action: () => void) => (): void => {
          close();
          action();
        };
        return (
          <>
            <div class="popover-actions">
              <Button label={l10n.t('Choose in Gallery')} icon="images" onClick={leave(openGallery)} />
              <Button label={l10n.t('Image Files…')} onClick={leave(() => chooseFiles('ask'))} />
              {view.source.images.of !== 'study' && (
                <Button label={l10n.t("The study's")} onClick={leave(() => chooseFiles('study'))} />
              )}
              <Button label={l10n.t('Show all')} onClick={() => change({ hidden: [] })} />
            </div>
            <div class="popover-list">
              {keys.map((key) => {
                const label = labelOf(imageAt(state, key));
                return (
                  <Checkbox
                    key={key}
                    checked={!hidden.has(key)}
                    onChange={(on) =>
                      change({ hidden: keys.filter((each) => (each === key ? !on : hidden.has(each))) })
                    }
                  >
                    <span title={key}>
                      {imageName(key)} <span class="muted">{label !== null && className(view.classNames, label)}</span>
                    </span>
                  </Checkbox>
                );
              })}
            </div>
          </>
        );
      }}
    </Popover>
  );
}

function countText(shown: number, all: number): string {
  if (shown !== all) return l10n.t('{0} of {1} images', shown, all);
  return all === 1 ? l10n.t('1 image') : l10n.t('{0} images', all);
}
