/** What is known of one cell, in place: its error, the end of its log, and what its run shows elsewhere. */
import * as l10n from '@vscode/l10n';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { CellView, ShownCell } from '../../src/protocol/sweepPanel';
import { accuracyText } from '../common/text';
import { Button, IconButton } from '../controls';
import { cellName, cellStateText, epochText, isRunning, leftText, taskText } from './cellText';

export interface DetailsProperties {
  readonly cell: ShownCell;
  /** The end of its log; null where there is none. */
  readonly readLog: (id: string) => Promise<string | null>;
  readonly onOpen: (what: CellView) => void;
  readonly onClose: () => void;
}

/** While it is trained, its log is read so often. */
const READ_MILLISECONDS = 1000;

export function Details({ cell, readLog, onOpen, onClose }: DetailsProperties) {
  const log = useLog(cell, readLog);
  const words = [cellStateText(cell), epochText(cell), accuracyText(cell.accuracy), leftText(cell)];
  return (
    <section class="details" aria-label={l10n.t('Details of {0}', cellName(cell))}>
      <header>
        <h2>{cellName(cell)}</h2>
        <span class="muted">{words.filter((word) => word !== '').join(' · ')}</span>
        <span class="details-actions">
          {cell.hasCheckpoints && (
            <Button label={l10n.t('Open Heatmaps')} icon="images" onClick={() => onOpen('heatmaps')} />
          )}
          {cell.hasRun && <Button label={l10n.t('Show Metrics')} icon="epochs" onClick={() => onOpen('metrics')} />}
          {cell.hasRun && <Button label={l10n.t('Open Log')} onClick={() => onOpen('log')} />}
          {cell.task !== null && <Button label={l10n.t('Open Task Log')} onClick={() => onOpen('taskLog')} />}
          <IconButton label={l10n.t('Close')} icon="close" onClick={onClose} />
        </span>
      </header>
      {cell.task !== null && <p class="muted">{taskText(cell)}</p>}
      {cell.error !== null && <p class="error-text">{cell.error}</p>}
      {cell.error === null && cell.task?.isAway === true && cell.task.why !== null && <p>{cell.task.why}</p>}
      <Log text={log} isThere={hasLog(cell)} />
    </section>
  );
}

/** A task that has not begun has none yet. */
function hasLog({ hasRun, task, state }: ShownCell): boolean {
  return hasRun || (task !== null && !(task.isAway && state === 'queued' && task.node === null));
}

function Log({ text, isThere }: { readonly text: string | null | undefined; readonly isThere: boolean }) {
  const element = useRef<HTMLPreElement>(null);
  const atEnd = useRef(true);
  // Its end stays in sight, unless somebody has scrolled up to read.
  useLayoutEffect(() => {
    if (element.current !== null && atEnd.current) element.current.scrollTop = element.current.scrollHeight;
  }, [text]);
  if (!isThere) return <p class="muted">{l10n.t('Its log begins with its training.')}</p>;
  if (text === undefined) return <p class="muted">{l10n.t('Reading the log…')}</p>;
  if (text === null || text.trim() === '')
    return <p class="muted">{l10n.t('It has no log: it was trained from a terminal, or has printed nothing yet.')}</p>;
  return (
    <pre
      class="log"
      ref={element}
      tabIndex={0}
      aria-label={l10n.t('Log')}
      onScroll={({ currentTarget }) => {
        const { scrollTop, scrollHeight, clientHeight } = currentTarget;
        atEnd.current = scrollHeight - scrollTop - clientHeight < 4;
      }}
    >
      {text}
    </pre>
  );
}

/** Undefined until it was read. */
function useLog(cell: ShownCell, readLog: DetailsProperties['readLog']): string | null | undefined {
  const { id, state } = cell;
  const isThere = hasLog(cell);
  const [log, setLog] = useState<{ readonly id: string; readonly text: string | null }>();
  useEffect(() => {
    if (!isThere) return;
    let wanted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async (): Promise<void> => {
      const text = await readLog(id).catch(() => null);
      if (!wanted) return;
      setLog({ id, text });
      if (isRunning(state)) timer = setTimeout(() => void read(), READ_MILLISECONDS);
    };
    void read();
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [id, state, isThere]);
  return log?.id === id ? log.text : undefined;
}
