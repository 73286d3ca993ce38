/** A long list of shares with bars, of which only the rows in sight exist. */
import { useRef } from 'preact/hooks';
import { ShareButton } from '../../chart/shareButton';
import { useVirtualRows } from '../../list/virtualRows';

export interface ShareRow {
  readonly key: string;
  readonly name: string;
  /** 0 … 1 */
  readonly share: number;
  readonly text: string;
  readonly title: string;
  readonly pressed: boolean;
  readonly onClick: () => void;
}

const ROW = 24;

export function ShareRows({ label, rows }: { readonly label: string; readonly rows: readonly ShareRow[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const { items, total } = useVirtualRows({ count: rows.length, size: ROW, scroller, overscan: 6 });
  return (
    <div class="share-rows" ref={scroller} role="group" aria-label={label}>
      <div style={{ height: `${total}px` }}>
        {items.map(({ index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          const { key, name, ...share } = row;
          return (
            <div key={key} class="share-row" style={{ top: `${start}px` }}>
              <ShareButton {...share}>{name}</ShareButton>
            </div>
          );
        })}
      </div>
    </div>
  );
}
