/** Curves over epochs. The pointer and the arrow keys choose an epoch, of which a readout beside it tells the values. */
import * as l10n from '@vscode/l10n';
import { useSignalEffect, type Signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../controls';
import type { ChartContent } from './content';
import type { DrawnChart } from './echarts';
import { loadCharts } from './loadCharts';
import { selectByDrag, showZoom, withZoom, zoomedByKey, zoomOf, type Zoom } from './zoom';
import './chart.css';

/** A drawn chart, for pictures of it. Undefined until it is drawn. */
export interface ChartHandle {
  drawn: DrawnChart | undefined;
}

export interface ChartProperties {
  /** What it shows, for screen readers. */
  readonly label: string;
  readonly content: ChartContent;
  /** The epoch that is read out, which all charts of a panel share; undefined where none is chosen. */
  readonly epoch: Signal<number | undefined>;
  readonly handle?: ChartHandle | undefined;
  /** Its axis has something else than epochs, a whole number each: other charts do not follow its pointer. */
  readonly alone?: boolean;
  /** The part of the axis that is shown, which all charts of a panel share; absent where there is no zooming. */
  readonly zoom?: Signal<Zoom | undefined> | undefined;
}

export function Chart({ label, content, epoch, handle, alone = false, zoom }: ChartProperties) {
  const element = useRef<HTMLDivElement>(null);
  const latest = useRef(content);
  const chart = useRef<DrawnChart>(undefined);
  const [failed, setFailed] = useState(false);
  latest.current = content;

  useEffect(() => {
    if (failed) return;
    let closed = false;
    const observer = new ResizeObserver(() => chart.current?.resize());
    async function begin(): Promise<void> {
      const { drawChart, EPOCHS_GROUP } = await loadCharts();
      if (closed || element.current === null) return;
      const drawn = drawChart(element.current, alone ? undefined : EPOCHS_GROUP);
      chart.current = drawn;
      if (handle !== undefined) handle.drawn = drawn;
      drawn.on('updateAxisPointer', (event: unknown) => {
        const value = pointed(event);
        if (value !== undefined) epoch.value = value;
      });
      if (zoom !== undefined) drawn.on('datazoom', () => void (zoom.value = zoomOf(drawn)));
      setOption(drawn);
      observer.observe(element.current);
    }
    begin().catch(() => !closed && setFailed(true));
    return () => {
      closed = true;
      observer.disconnect();
      chart.current?.dispose();
      chart.current = undefined;
      if (handle !== undefined) handle.drawn = undefined;
    };
  }, [failed]);
  useEffect(() => {
    if (chart.current !== undefined) setOption(chart.current);
  }, [JSON.stringify(content.option)]);

  useSignalEffect(() => {
    const shown = zoom?.value;
    if (zoom !== undefined && chart.current !== undefined) showZoom(chart.current, shown);
  });

  function setOption(drawn: DrawnChart): void {
    const { option } = latest.current;
    drawn.setOption(zoom === undefined ? option : withZoom(option, zoom.peek()), { notMerge: true });
    if (zoom !== undefined) selectByDrag(drawn);
  }

  /** Chooses an epoch by its index, as the pointer does. */
  function point(place: number): void {
    const { epochs, pointAt } = latest.current;
    const chosen = epochs[Math.min(epochs.length - 1, Math.max(0, place))];
    if (chosen === undefined) return;
    epoch.value = chosen;
    const at = pointAt(chosen);
    if (at !== undefined) chart.current?.dispatchAction({ type: 'showTip', ...at });
  }

  function onKeyDown(event: KeyboardEvent): void {
    const { epochs } = latest.current;
    const place = epoch.value === undefined ? epochs.length : epochs.indexOf(epoch.value);
    const targets: Readonly<Record<string, number>> = {
      ArrowLeft: place - 1,
      ArrowRight: place + 1,
      Home: 0,
      End: epochs.length - 1,
    };
    const target = targets[event.key];
    if (event.key === 'Escape') epoch.value = undefined;
    if (zoom !== undefined && chart.current !== undefined) {
      const next = zoomedByKey(event.key, zoomOf(chart.current, true), extentOf(latest.current), epoch.value);
      if (next !== 'none') {
        zoom.value = next;
        event.preventDefault();
        return;
      }
    }
    if (target === undefined) return;
    event.preventDefault();
    point(target);
  }

  if (failed)
    return (
      <div class="chart missing" role="alert">
        <p>{l10n.t('VS Code did not serve the file that draws charts. The table has the same numbers.')}</p>
        <Button label={l10n.t('Retry')} icon="refresh" onClick={() => setFailed(false)} />
      </div>
    );
  return (
    <div
      ref={element}
      class="chart"
      tabIndex={0}
      role="img"
      aria-label={label}
      aria-keyshortcuts="ArrowLeft ArrowRight Home End"
      onKeyDown={onKeyDown}
      onDblClick={() => zoom !== undefined && (zoom.value = undefined)}
    />
  );
}

/** The ends of the axis of epochs. */
function extentOf({ option }: ChartContent): Zoom {
  const { min, max } = option['xAxis'] as { readonly min: number; readonly max: number };
  return { from: min, to: max };
}

/** The epoch that the pointer is at, from ECharts' event. */
function pointed(event: unknown): number | undefined {
  const { axesInfo } = event as { readonly axesInfo?: readonly { readonly value?: unknown }[] };
  const value = Number(axesInfo?.[0]?.value ?? Number.NaN);
  return Number.isFinite(value) ? Math.round(value) : undefined;
}
