/** The list of images. Only the rows in sight exist. */
import { useComputed } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { useRowKeys } from '../list/rowKeys';
import { useVirtualRows } from '../list/virtualRows';
import { useWidth } from '../list/useWidth';
import type { Item } from './misclassifiedState';
import { Row, type RowActions, type RowInput } from './row';
import { rowLayout } from './rowLayout';

export interface ListProperties {
  readonly input: RowInput;
  readonly actions: RowActions;
  /** The row that is in sight first where a page comes back. */
  readonly top: number;
  /** Called with the items in sight and some around them, and the index of the first visible row. */
  readonly onSight: (items: readonly Item[], top: number) => void;
}

export function List({ input, actions, top, onSight }: ListProperties) {
  const { state, look } = input;
  const { items, choice, nothing } = state;
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const cellSize = useComputed(() => look.appearance.value.cellSize);
  const { cell, rowHeight, narrow, small } = rowLayout(useWidth(scroller), cellSize.value);
  const rows = useVirtualRows({ count: items.length, size: rowHeight, scroller, overscan: 1 });
  const keys = useRowKeys(rows, items.length, body);
  const inSight = rows.items.flatMap(({ index }) => items[index] ?? []);
  useScrollTop(scroller, rowHeight, items.length > 0, top, [choice.scope, choice.fate, choice.order]);
  useEffect(() => {
    if (inSight.length > 0) onSight(inSight, rows.first);
  }, [state.view.run, state.explanation.key, JSON.stringify(inSight)]);

  function onKeyDown(event: KeyboardEvent): void {
    const item = items[keys.current];
    if (!(event.target instanceof HTMLElement) || !event.target.classList.contains('row')) return;
    if (event.key === 'Enter' && item !== undefined) actions.onHeatmaps(item);
    else if (event.key.toLowerCase() === 'a' && item !== undefined && !event.ctrlKey && !event.metaKey)
      actions.onAdd(item);
    else if (!keys.move(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div
      class={['list-frame', narrow && 'narrow', small && 'small'].filter(Boolean).join(' ')}
      style={{ '--cell': `${cell}px`, '--row-height': `${rowHeight}px` }}
    >
      {nothing === undefined && <Heads mayBeRight={mayBeRight(choice.scope)} />}
      <div class="list" ref={scroller}>
        {nothing !== undefined && (
          <p class="muted nothing" role="status">
            {nothing}
          </p>
        )}
        <div
          class="rows"
          role="list"
          aria-label={l10n.t('Images')}
          ref={body}
          style={{ height: `${rows.total}px` }}
          onKeyDown={onKeyDown}
        >
          {rows.items.map(({ index, start }) => {
            const item = items[index];
            if (item === undefined) return undefined;
            const place = {
              ...keys.row(index),
              style: { top: `${start}px` },
              'aria-posinset': index + 1,
              'aria-setsize': items.length,
            };
            return <Row key={index} item={item} input={input} actions={actions} place={place} />;
          })}
        </div>
      </div>
    </div>
  );
}

function Heads({ mayBeRight: other }: { readonly mayBeRight: boolean }) {
  return (
    <div class="list-heads muted" aria-hidden="true">
      <span>{l10n.t('Image')}</span>
      <span>{l10n.t('Predicted class')}</span>
      <span>{other ? l10n.t('Label, or runner-up') : l10n.t('Label')}</span>
      <span>{l10n.t('Difference')}</span>
    </div>
  );
}

/** For a correct prediction the second map is of the next most probable class. */
function mayBeRight(scope: RowInput['state']['choice']['scope']): boolean {
  return typeof scope === 'string' ? scope === 'all' : scope.label === scope.predicted;
}

/** Returns to a row at first, stays at the row where rows change their height, and begins anew with another list. */
function useScrollTop(
  scroller: { readonly current: HTMLElement | null },
  rowHeight: number,
  hasRows: boolean,
  top: number,
  list: readonly unknown[],
): void {
  const height = useRef(rowHeight);
  const isBack = useRef(false);
  const shown = useRef('');
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null || !hasRows) return;
    const key = JSON.stringify(list);
    if (!isBack.current) element.scrollTop = top * rowHeight;
    else if (key !== shown.current) element.scrollTop = 0;
    else if (height.current !== rowHeight) element.scrollTop *= rowHeight / height.current;
    isBack.current = true;
    shown.current = key;
    height.current = rowHeight;
  });
}
