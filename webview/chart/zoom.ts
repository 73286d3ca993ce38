/** Zooming along the axis of epochs: by dragging over a part, by Ctrl and the wheel, or by keys; Shift and dragging moves it. */
import type { DrawnChart } from './echarts';

/** The part of the axis that is shown. */
export interface Zoom {
  readonly from: number;
  readonly to: number;
}

/** A hundredth of an epoch is nothing that anybody zoomed to. */
const SAME = 0.01;

/** The option with what zooming needs. The tool that selects by dragging exists only beside its button, which is out of sight. */
export function withZoom(option: Readonly<Record<string, unknown>>, zoom: Zoom | undefined) {
  return {
    ...option,
    dataZoom: [
      {
        type: 'inside',
        xAxisIndex: 0,
        filterMode: 'filter',
        zoomOnMouseWheel: 'ctrl',
        moveOnMouseMove: 'shift',
        moveOnMouseWheel: false,
        preventDefaultMouseMove: false,
        ...(zoom === undefined ? { start: 0, end: 100 } : { startValue: zoom.from, endValue: zoom.to }),
      },
    ],
    toolbox: {
      itemSize: 0,
      top: -100,
      feature: { dataZoom: { yAxisIndex: 'none', filterMode: 'filter', title: { zoom: '', back: '' } } },
    },
  };
}

/** Makes dragging select a part to zoom to. */
export function selectByDrag(chart: DrawnChart): void {
  chart.dispatchAction({
    type: 'takeGlobalCursor',
    key: 'dataZoomSelect',
    dataZoomSelectActive: true,
  });
}

interface ZoomState {
  readonly start: number;
  readonly end: number;
  readonly startValue: number;
  readonly endValue: number;
}

/** Undefined where all is shown, but for `always`. */
export function zoomOf(chart: DrawnChart, always?: false): Zoom | undefined;
export function zoomOf(chart: DrawnChart, always: true): Zoom;
export function zoomOf(chart: DrawnChart, always = false): Zoom | undefined {
  const { dataZoom } = chart.getOption() as { readonly dataZoom: readonly [ZoomState] };
  const { start, end, startValue: from, endValue: to } = dataZoom[0];
  return !always && start < SAME && end > 100 - SAME ? undefined : { from, to };
}

/** Shows a part of the axis; undefined is all of it. */
export function showZoom(chart: DrawnChart, zoom: Zoom | undefined): void {
  const now = zoomOf(chart);
  if (now === zoom || (now !== undefined && zoom !== undefined && isSame(now, zoom))) return;
  const part = zoom === undefined ? { start: 0, end: 100 } : { startValue: zoom.from, endValue: zoom.to };
  chart.dispatchAction({ type: 'dataZoom', dataZoomIndex: 0, ...part });
}

function isSame(a: Zoom, b: Zoom): boolean {
  return Math.abs(a.from - b.from) < SAME && Math.abs(a.to - b.to) < SAME;
}

/** Less than this of an epoch has nothing to see. */
const LEAST = 0.05;

/**
 * What a key zooms to: + and − around an epoch, 0 to all.
 * @param whole the ends of the axis
 * @param around undefined is the middle of what is shown
 * @returns 'none' of any other key
 */
export function zoomedByKey(
  key: string,
  { from, to }: Zoom,
  whole: Zoom,
  around: number | undefined,
): Zoom | undefined | 'none' {
  if (key === '0') return undefined;
  const factor = { '+': 0.5, '=': 0.5, '-': 2 }[key];
  if (factor === undefined) return 'none';
  const centre = around === undefined || around < from || around > to ? (from + to) / 2 : around;
  const width = Math.max(LEAST, (to - from) * factor);
  if (width >= whole.to - whole.from) return undefined;
  const start = Math.min(Math.max(whole.from, centre - width / 2), whole.to - width);
  return { from: start, to: start + width };
}
