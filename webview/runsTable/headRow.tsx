/** The heads of the columns: by them the table is sorted, and columns get another width. */
import * as l10n from '@vscode/l10n';
import { classOf, placeOf, type Head } from './columnHeads';
import type { SavedState } from './savedState';

export interface HeadRowProperties {
  /** Those in sight. */
  readonly heads: readonly Head[];
  readonly sort: SavedState['sort'];
  /** The column whose head has the tab stop; undefined where a row below has it. */
  readonly stop: number | undefined;
  readonly onSort: (head: Head) => void;
  readonly onResize: (id: string, width: number) => void;
}

export function HeadRow({ heads, sort, stop, onSort, onResize }: HeadRowProperties) {
  return (
    <div class="line head" role="row" aria-rowindex={1}>
      {heads.map((head) => {
        const { at } = head;
        const sorted = sort?.by === head.id ? (sort.descending ? 'descending' : 'ascending') : 'none';
        return (
          <div
            key={head.id}
            role="columnheader"
            aria-colindex={at + 1}
            aria-sort={sorted}
            data-cell={`0:${at}`}
            data-column={head.id}
            tabIndex={stop === at ? 0 : -1}
            class={classOf(head)}
            style={placeOf(head)}
            title={l10n.t('{0}: sort', head.text)}
            onClick={() => onSort(head)}
          >
            <span class="head-text">{head.text}</span>
            {sorted !== 'none' && <span aria-hidden="true">{sorted === 'descending' ? '↓' : '↑'}</span>}
            <span
              class="grip"
              aria-hidden="true"
              onClick={(event) => event.stopPropagation()}
              onPointerDown={(event) => drag(event, head, onResize)}
            />
          </div>
        );
      })}
    </div>
  );
}

function drag(event: PointerEvent, { id, width }: Head, onResize: (id: string, width: number) => void): void {
  const grip = event.currentTarget as HTMLElement;
  const from = event.clientX;
  grip.setPointerCapture(event.pointerId);
  const move = (moved: PointerEvent): void => onResize(id, width + moved.clientX - from);
  grip.addEventListener('pointermove', move);
  grip.addEventListener('pointerup', () => grip.removeEventListener('pointermove', move), { once: true });
  event.preventDefault();
}
