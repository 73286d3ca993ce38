/** Which columns are shown, in which order, and which stay at the left. */
import * as l10n from '@vscode/l10n';
import { Button, Checkbox, IconButton, Popover } from '../controls';
import type { Actions } from './actions';
import { UNARRANGED, type SavedState } from './savedState';
import { movedColumn, orderedColumns, type TableColumn } from './tableColumns';

export interface ColumnsMenuProperties {
  readonly columns: readonly TableColumn[];
  readonly saved: SavedState['columns'];
  readonly actions: Actions;
}

export function ColumnsMenu({ columns, saved, actions }: ColumnsMenuProperties) {
  const ordered = orderedColumns(columns, saved.order);
  return (
    <Popover label={l10n.t('Columns')} icon="table">
      {() => (
        <div class="columns-menu">
          {ordered.map(({ id, head, byDefault }) => (
            <div key={id} class="column-choice" data-column={id}>
              <Checkbox checked={saved.shown[id] ?? byDefault} onChange={(shown) => actions.show(id, shown)}>
                {head}
              </Checkbox>
              <IconButton
                icon="pin"
                label={l10n.t('Keep {0} at the left', head)}
                pressed={saved.pinned.includes(id)}
                onClick={() => actions.togglePinned(id)}
              />
              <IconButton
                icon="previous"
                label={l10n.t('Move {0} to the left', head)}
                onClick={() => actions.columns({ order: movedColumn(ordered, id, -1) })}
              />
              <IconButton
                icon="next"
                label={l10n.t('Move {0} to the right', head)}
                onClick={() => actions.columns({ order: movedColumn(ordered, id, 1) })}
              />
            </div>
          ))}
          <Button
            label={l10n.t('Restore Columns')}
            icon="history"
            onClick={() => actions.columns(UNARRANGED.columns)}
          />
        </div>
      )}
    </Popover>
  );
}
