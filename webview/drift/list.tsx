/** The list of images, sortable by their measurements. Only the rows in sight exist. */
import * as l10n from '@vscode/l10n';
import type { RefObject } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { AttentionImage } from '../../src/protocol/engine';
import type { RunView } from '../../src/protocol/panelView';
import { useRowKeys } from '../list/rowKeys';
import { useWidth } from '../list/useWidth';
import { useVirtualRows } from '../list/virtualRows';
import type { Measured } from './driftState';
import { fittingEpochs } from './fitting';
import { ListHeads } from './listHeads';
import { Row, type RowHeats } from './row';
import type { Choice } from './savedState';
import { sortedImages } from './sorting';

export interface ImageListProperties {
  readonly measured: Measured;
  readonly view: RunView;
  readonly sort: Choice['sort'];
  readonly heats: RowHeats;
  /** Scrolls the list together with what is above it. */
  readonly scroller: RefObject<HTMLElement | null>;
  readonly onSort: (sort: Choice['sort']) => void;
  /** Called with the images in sight, by their index in the answer, and the epochs whose heatmaps are shown. */
  readonly onSight: (images: readonly number[], epochs: readonly number[]) => void;
  readonly onOpen: (image: AttentionImage) => void;
}

const ROW = 68;
/** The width of a heatmap in a row, with the gap beside it. */
const FRAME = 48;
const HEADS = 32;

export function ImageList(properties: ImageListProperties) {
  const { measured, view, sort, heats, scroller, onSort, onSight, onOpen } = properties;
  const { attention, params } = measured;
  const body = useRef<HTMLDivElement>(null);
  const epochsHead = useRef<HTMLSpanElement>(null);
  const width = useWidth(epochsHead);
  const order = useMemo(() => sortedImages(attention.images, sort), [attention, sort.key, sort.descending]);
  const rows = useVirtualRows({ count: order.length, size: ROW, scroller, covered: HEADS, body });
  const keys = useRowKeys(rows, order.length, body);
  const epochs = fittingEpochs(params.epochs, Math.floor(width / FRAME));
  const inSight = rows.items.flatMap(({ index }) => order[index] ?? []);
  useEffect(() => onSight(inSight, epochs), [inSight.join(), epochs.join(), measured]);

  function onKeyDown(event: KeyboardEvent): void {
    const image = attention.images[order[keys.current] ?? -1];
    if (event.key === 'Enter' && image !== undefined) onOpen(image);
    else if (!keys.move(event)) return;
    event.preventDefault();
  }

  return (
    <div
      class={attention.maskArea === null ? 'images no-masks' : 'images'}
      role="table"
      aria-label={l10n.t('Images')}
      aria-rowcount={order.length + 1}
    >
      <ListHeads sort={sort} onSort={onSort} epochs={epochsHead} />
      <div class="rows" role="rowgroup" ref={body} style={{ height: `${rows.total}px` }} onKeyDown={onKeyDown}>
        {rows.items.map(({ index, start }) => {
          const image = attention.images[order[index] ?? -1];
          return (
            image && (
              <div
                key={image.image.name}
                class="row"
                role="row"
                aria-rowindex={index + 2}
                style={{ top: `${start}px` }}
                {...keys.row(index)}
                onDblClick={() => onOpen(image)}
              >
                <Row image={image} classNames={view.classNames} epochs={epochs} target={params.target} heats={heats} />
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}
