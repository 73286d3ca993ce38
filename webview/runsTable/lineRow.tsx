import * as l10n from '@vscode/l10n';
import type { At, Row } from '../../src/comparison';
import type { TableRun } from '../../src/protocol/runsTable';
import type { Actions } from './actions';
import { cellOf, NameCell } from './cell';
import { classOf, placeOf, type Head } from './columnHeads';
import type { Line } from './lines';

export interface LineRowProperties {
  readonly line: Line;
  readonly index: number;
  /** From where the rows begin, in pixels. */
  readonly start: number;
  /** Those in sight. */
  readonly heads: readonly Head[];
  readonly at: At;
  /** The column whose cell has the tab stop, if it is in this row. */
  readonly stop: number | undefined;
  readonly runs: ReadonlyMap<string, TableRun>;
  readonly chosen: boolean;
  readonly actions: Actions;
  readonly onMenu: (row: Row, place: { readonly left: number; readonly top: number }) => void;
}

export function LineRow(properties: LineRowProperties) {
  const { line, index, start, heads, at, stop, runs, chosen, actions, onMenu } = properties;
  const place = { role: 'row', 'aria-rowindex': index + 2, style: { transform: `translateY(${start}px)` } } as const;
  if (line.kind === 'group')
    return (
      <div class="line group" {...place}>
        <div role="gridcell" class="cell stays" data-cell={`${index + 1}:0`} tabIndex={stop === undefined ? -1 : 0}>
          {line.count === 1 ? l10n.t('{0}: 1 row', line.title) : l10n.t('{0}: {1} rows', line.title, line.count)}
        </div>
      </div>
    );
  const { row, opened, level } = line;
  const run = row.kind === 'run' ? runs.get(row.key) : undefined;
  return (
    <div
      class={`line ${row.isBaseline ? 'baseline' : ''} ${chosen ? 'chosen' : ''} ${run?.problem ? 'problem' : ''}`}
      {...place}
      data-key={row.key}
      aria-level={level}
      aria-expanded={opened}
      aria-selected={chosen}
      onContextMenu={(event) => {
        event.preventDefault();
        onMenu(row, { left: event.clientX, top: event.clientY });
      }}
    >
      {heads.map((head) => {
        const cell = { 'data-cell': `${index + 1}:${head.at}`, tabIndex: stop === head.at ? 0 : -1 };
        const style = placeOf(head);
        const shown = head.column;
        if (shown === undefined)
          return (
            <div key={head.id} role="rowheader" aria-colindex={1} class={classOf(head)} style={style} {...cell}>
              <NameCell
                line={line}
                run={run}
                chosen={chosen}
                onChoose={() => actions.toggleChosen(row.key)}
                onOpen={() => actions.toggleOpened(row.key)}
              />
              <button
                class="more"
                tabIndex={-1}
                aria-label={l10n.t('What can be done with {0}', run?.label ?? row.name)}
                onClick={({ currentTarget }) => {
                  const { left, bottom } = currentTarget.getBoundingClientRect();
                  onMenu(row, { left, top: bottom });
                }}
              >
                …
              </button>
            </div>
          );
        const { text, aside, title, verdict } = cellOf(row, shown, at, runs);
        return (
          <div
            key={head.id}
            role="gridcell"
            aria-colindex={head.at + 1}
            class={verdict === undefined ? classOf(head) : `${classOf(head)} ${verdict}`}
            style={style}
            title={title ?? text}
            {...cell}
          >
            {text}
            {aside !== undefined && <span class="aside"> {aside}</span>}
          </div>
        );
      })}
    </div>
  );
}
