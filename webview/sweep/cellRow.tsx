import * as l10n from '@vscode/l10n';
import { durationText } from '../../src/common/duration';
import type { ShownCell, ShownState, ShownTaskState } from '../../src/protocol/sweepPanel';
import { accuracyText } from '../common/text';
import { Icon, IconButton, type IconName } from '../controls';
import { canAdd, canRetry, cellName, cellStateText, epochText, isPending, taskText, waitsHere } from './cellText';

/** What can be done with a cell. */
export interface CellActions {
  /** Opens or closes its details: its log, its error, what its run shows. */
  readonly toggle: (cell: ShownCell) => void;
  /** Before all others that wait. */
  readonly first: (cell: ShownCell) => void;
  /** So many places later, or with a negative number earlier. */
  readonly move: (cell: ShownCell, places: number) => void;
  /** To the place of another one. */
  readonly drop: (id: string, onto: string) => void;
  readonly cancel: (cell: ShownCell) => void;
  readonly add: (cell: ShownCell) => void;
  readonly heatmaps: (cell: ShownCell) => void;
}

const ICONS: Readonly<Record<ShownState, IconName>> = {
  new: 'add',
  queued: 'history',
  training: 'play',
  testing: 'shield',
  done: 'check',
  failed: 'warning',
  cancelled: 'stop',
  interrupted: 'pause',
};

const TASK_ICONS: Readonly<Record<ShownTaskState, IconName>> = {
  requeued: 'refresh',
  timedOut: 'clock',
  outOfMemory: 'memory',
  nodeFailed: 'server',
  preempted: 'stop',
  lost: 'help',
};

export interface CellRowProperties {
  readonly cell: ShownCell;
  readonly trusted: boolean;
  readonly actions: CellActions;
}

export function CellRow({ cell, trusted, actions }: CellRowProperties) {
  const { state, recipe, seed } = cell;
  const taskState = cell.task?.state ?? undefined;
  const left = cell.secondsLeft === null || !isPending(state) ? '' : durationText(cell.secondsLeft);
  const accuracy = accuracyText(cell.accuracy);
  return (
    <>
      <span class="state" role="cell" title={taskText(cell)}>
        <Icon name={taskState === undefined ? ICONS[state] : TASK_ICONS[taskState]} />
        <span>{cellStateText(cell)}</span>
      </span>
      <span class="recipe" role="cell" title={recipe}>
        {recipe}
      </span>
      <span class="seed" role="cell">
        <span class="seed-name">{l10n.t('seed')} </span>
        {seed}
      </span>
      <span class={`how-far ${roomOf(cell, accuracy, left)}`} role="cell">
        <HowFar cell={cell} />
      </span>
      <span class="accuracy" role="cell">
        {accuracy}
      </span>
      <span class="left" role="cell">
        {left}
      </span>
      <span class="cell-actions" role="cell">
        {trusted && <ChangeButtons cell={cell} actions={actions} />}
        {cell.hasCheckpoints && (
          <IconButton
            label={l10n.t('Open Heatmaps of {0}', cellName(cell))}
            icon="images"
            onClick={() => actions.heatmaps(cell)}
          />
        )}
        <IconButton
          label={l10n.t('Log and Details of {0}', cellName(cell))}
          icon="table"
          onClick={() => actions.toggle(cell)}
        />
      </span>
    </>
  );
}

/** A sentence may take the columns beside it that have nothing to say. */
function roomOf({ error, task, state }: ShownCell, accuracy: string, left: string): string {
  const isSentence = error !== null || (task?.isAway === true && state === 'queued');
  if (!isSentence || accuracy !== '') return '';
  return left === '' ? 'over-both' : 'over-accuracy';
}

/** How far its training is, else why it is no further. */
function HowFar({ cell }: { readonly cell: ShownCell }) {
  const { error, task, state } = cell;
  if (error !== null) return <Line text={error} className="error-text" />;
  if (task?.isAway !== true) return <Progress cell={cell} />;
  if (state === 'queued') return <Line text={task.why ?? l10n.t('with Slurm')} className="muted" />;
  return (
    <>
      <Progress cell={cell} />
      {task.node !== null && <span class="muted node">{l10n.t('on {0}', task.node)}</span>}
    </>
  );
}

function Progress({ cell }: { readonly cell: ShownCell }) {
  const text = epochText(cell);
  if (text === '') return null;
  return (
    <>
      <span
        class="bar"
        role="progressbar"
        aria-label={l10n.t('Training of {0}', cellName(cell))}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(100 * cell.share)}
      >
        <span style={{ width: `${100 * cell.share}%` }} />
      </span>
      <span class="epoch">{text}</span>
    </>
  );
}

function Line({ text, className }: { readonly text: string; readonly className: string }) {
  return (
    <span class={`${className} one-line`} title={text}>
      {text}
    </span>
  );
}

function ChangeButtons({ cell, actions }: Pick<CellRowProperties, 'cell' | 'actions'>) {
  const name = cellName(cell);
  const button = (label: string, icon: IconName, onClick: () => void) => (
    <IconButton key={label} label={label} icon={icon} onClick={onClick} />
  );
  return (
    <>
      {waitsHere(cell) && [
        button(l10n.t('Train {0} First', name), 'top', () => actions.first(cell)),
        button(l10n.t('Move {0} Up', name), 'up', () => actions.move(cell, -1)),
        button(l10n.t('Move {0} Down', name), 'down', () => actions.move(cell, 1)),
      ]}
      {isPending(cell.state) && button(l10n.t('Cancel {0}', name), 'stop', () => actions.cancel(cell))}
      {canAdd(cell.state) &&
        button(
          canRetry(cell.state) ? l10n.t('Retry {0}', name) : l10n.t('Train {0}', name),
          canRetry(cell.state) ? 'refresh' : 'play',
          () => actions.add(cell),
        )}
    </>
  );
}
