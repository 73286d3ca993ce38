import { signal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { useRef } from 'preact/hooks';
import type { ListedRun } from '../../src/protocol/metrics';
import type { SeriesStyle } from '../chart/palette';
import { Swatch } from '../chart/swatch';
import { Checkbox, TextField } from '../controls';
import { useVirtualRows } from '../list/virtualRows';
import { listRows, type ListRow } from './listRows';
import { runTitle } from './measures';

export interface RunListProperties {
  readonly runs: readonly ListedRun[];
  readonly by: 'run' | 'recipe';
  /** The folders of those that are shown. */
  readonly shown: ReadonlySet<string>;
  /** Of runs by folder, and of recipes by name. */
  readonly styles: ReadonlyMap<string, SeriesStyle>;
  readonly onShow: (runs: readonly string[], shown: boolean) => void;
}

const ROW = 40;
const search = signal('');

/** The list in which runs are chosen, one by one, or all of a study or a recipe. */
export function RunList({ runs, by, shown, styles, onShow }: RunListProperties) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = listRows(runs, { by, search: search.value });
  const { items, total } = useVirtualRows({ count: rows.length, size: ROW, scroller, overscan: 6 });
  return (
    <nav class="run-list" aria-label={l10n.t('Runs that are shown')}>
      <h2>{l10n.t('Runs')}</h2>
      <TextField
        class="run-search"
        label={l10n.t('Search runs')}
        placeholder={l10n.t('Search runs')}
        value={search.value}
        onInput={(text) => (search.value = text)}
      />
      {rows.length === 0 && (
        <p class="muted" role="status">
          {l10n.t('No run has these words in its study, name, recipe or state.')}
        </p>
      )}
      <div class="runs-scroller" ref={scroller}>
        <ul class="runs" style={{ height: `${total}px` }}>
          {items.map(({ index, start }) => {
            const row = rows[index];
            return row === undefined ? null : (
              <li key={keyOf(row)} class={row.kind} style={{ top: `${start}px`, height: `${ROW}px` }}>
                <Row row={row} by={by} shown={shown} styles={styles} onShow={onShow} />
              </li>
            );
          })}
        </ul>
      </div>
    </nav>
  );
}

function keyOf(row: ListRow): string {
  return row.kind === 'group' ? `group ${row.name}` : row.run.run;
}

function Row({ row, by, shown, styles, onShow }: Omit<RunListProperties, 'runs'> & { readonly row: ListRow }) {
  if (row.kind === 'run') {
    const { run } = row.run;
    return (
      <Checkbox checked={shown.has(run)} onChange={(on) => onShow([run], on)}>
        <span class="run-label">
          {by === 'run' && swatchOf(styles, run)}
          <RunText {...row.run} />
        </span>
      </Checkbox>
    );
  }
  const count = row.runs.filter((run) => shown.has(run)).length;
  return (
    <Checkbox checked={count > 0 && count === row.runs.length} onChange={(on) => onShow(row.runs, on)}>
      <span class="run-label" title={row.name}>
        {by === 'recipe' && swatchOf(styles, row.name)}
        <span class="run-text">
          <span class="group-name">{row.name}</span>
          <span class="muted">{l10n.t('{0} of {1} shown', count, row.runs.length)}</span>
        </span>
      </span>
    </Checkbox>
  );
}

function swatchOf(styles: ReadonlyMap<string, SeriesStyle>, of: string) {
  const style = styles.get(of);
  return style && <Swatch {...style} />;
}

/** Its remarks stand in full above the run's table, where there is room for them. */
function RunText(run: ListedRun) {
  const { name, stateText, batches, warning } = run;
  const remarks = [batches, warning].filter((text) => text !== null);
  const title = [runTitle(run), stateText, ...remarks].join('\n');
  return (
    <span class="run-text" title={title}>
      <span>{name}</span>
      <span class={warning === null ? 'muted' : 'warning'}>{stateText}</span>
    </span>
  );
}
