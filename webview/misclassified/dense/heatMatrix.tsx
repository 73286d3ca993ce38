/** The confusion matrix of many classes: seen as a whole, read cell by cell under the pointer or by keys. */
import * as l10n from '@vscode/l10n';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { countOf, type ConfusionCell, type ConfusionMatrix } from '../../../src/measures/misclassified';
import { themeColour } from '../../chart/themeColours';
import { Slider } from '../../controls';
import { useWidth } from '../../list/useWidth';
import { cellText, moved } from '../matrixKeys';
import { matrixPicture, type Colour } from './picture';

export interface HeatMatrixProperties {
  readonly classNames: readonly string[];
  readonly matrix: ConfusionMatrix;
  /** The class of each row and column. */
  readonly order: ArrayLike<number>;
  readonly chosen: ConfusionCell | undefined;
  /** A class whose row and column are marked. */
  readonly marked: number | undefined;
  readonly onCell: (cell: ConfusionCell) => void;
}

const MOST_PIXELS = 6000;
const LARGEST_CELL = 16;

export function HeatMatrix({ classNames, matrix, order, chosen, marked, onCell }: HeatMatrixProperties) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(frame);
  // Another theme has other colours.
  const theme = themeColour('editor-background');
  const [zoom, setZoom] = useState(0);
  /** By rows and columns, not by classes. */
  const [current, setCurrent] = useState<ConfusionCell>({ label: 0, predicted: 0 });
  const { classes } = matrix;
  const bin = Math.max(1, Math.ceil(classes / Math.max(1, width - 2)));
  const fit = Math.max(1, Math.floor((width - 2) / classes));
  // Cells of the whole, in pixels; zoomed in, all are drawn.
  const cell = Math.min(zoom === 0 ? fit : Math.max(fit, zoom), Math.max(1, Math.floor(MOST_PIXELS / classes)));
  const shownBin = zoom === 0 ? bin : 1;
  const place = useMemo(() => placesOf(order), [order]);
  const side = Math.ceil(classes / shownBin) * cell;
  const step = cell / shownBin;

  useLayoutEffect(() => {
    if (canvas.current === null || width === 0) return;
    paint(canvas.current, matrix, order, shownBin, cell);
  }, [matrix, order, shownBin, cell, width === 0, theme]);

  const classesAt = ({ label, predicted }: ConfusionCell): ConfusionCell => {
    return { label: order[label] as number, predicted: order[predicted] as number };
  };
  const shown = classesAt(current);

  function at(event: MouseEvent): ConfusionCell {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const within = (length: number): number => Math.min(Math.max(Math.floor(length / step), 0), classes - 1);
    return { label: within(event.clientY - box.top), predicted: within(event.clientX - box.left) };
  }

  function onKeyDown(event: KeyboardEvent): void {
    const to = moved(event.key, current, classes);
    if (event.key === 'Enter' || event.key === ' ') onCell(shown);
    else if (to === undefined) return;
    else {
      setCurrent(to);
      reveal(frame.current, to, step);
    }
    event.preventDefault();
    event.stopPropagation();
  }

  const boxOf = ({ label, predicted }: ConfusionCell) => ({
    ...{ left: `${predicted * step - 1}px`, top: `${label * step - 1}px` },
    ...{ width: `${Math.max(step, 3) + 2}px`, height: `${Math.max(step, 3) + 2}px` },
  });
  return (
    <>
      <div class="heat-matrix-frame" ref={frame}>
        <div
          class="heat-matrix"
          role="application"
          tabIndex={0}
          aria-roledescription={l10n.t('confusion matrix')}
          aria-label={l10n.t('Confusion matrix: labels by predictions')}
          aria-describedby="heat-matrix-readout"
          style={{ width: `${side}px`, height: `${side}px` }}
          onPointerMove={(event) => setCurrent(at(event))}
          onClick={(event) => onCell(classesAt(at(event)))}
          onKeyDown={onKeyDown}
        >
          <canvas ref={canvas} aria-hidden="true" />
          {marked !== undefined && (
            <>
              <span class="heat-band" style={{ top: `${(place[marked] ?? 0) * step}px`, height: `${step}px` }} />
              <span class="heat-band column" style={{ left: `${(place[marked] ?? 0) * step}px`, width: `${step}px` }} />
            </>
          )}
          {chosen !== undefined && (
            <span
              class="heat-cell chosen"
              style={boxOf({ label: place[chosen.label] ?? 0, predicted: place[chosen.predicted] ?? 0 })}
            />
          )}
          <span class="heat-cell" style={boxOf(current)} />
        </div>
      </div>
      <p id="heat-matrix-readout" class="heat-readout" role="status">
        {cellText(classNames, shown, countOf(matrix, shown))}
      </p>
      <Slider
        label={l10n.t('Zoom')}
        min={0}
        max={LARGEST_CELL}
        step={1}
        value={zoom}
        text={zoom === 0 ? l10n.t('whole matrix') : l10n.t('{0} pixels a cell', cell)}
        onInput={setZoom}
      />
    </>
  );
}

function placesOf(order: ArrayLike<number>): Uint16Array {
  const places = new Uint16Array(order.length);
  for (let place = 0; place < order.length; place++) places[order[place] as number] = place;
  return places;
}

function paint(
  canvas: HTMLCanvasElement,
  matrix: ConfusionMatrix,
  order: ArrayLike<number>,
  bin: number,
  cell: number,
): void {
  const colours = {
    background: colourOf(canvas, 'background-color'),
    right: colourOf(canvas, 'color'),
    wrong: colourOf(canvas, 'border-top-color'),
  };
  const { side, pixels } = matrixPicture(matrix, order, bin, colours);
  const small = new OffscreenCanvas(side, side);
  small.getContext('2d')?.putImageData(new ImageData(pixels, side, side), 0, 0);
  canvas.width = canvas.height = side * cell;
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.imageSmoothingEnabled = false;
  context.drawImage(small, 0, 0, side * cell, side * cell);
}

/** As the style sheet has it for the theme: it is where the colours are said. */
function colourOf(canvas: HTMLElement, property: string): Colour {
  const [red = 0, green = 0, blue = 0] = (
    getComputedStyle(canvas)
      .getPropertyValue(property)
      .match(/[\d.]+/g) ?? []
  ).map(Number);
  return [red, green, blue];
}

function reveal(frame: HTMLElement | null, { label, predicted }: ConfusionCell, step: number): void {
  if (frame === null) return;
  const within = (start: number, length: number, size: number): number =>
    size < start ? size : size + step > start + length ? size + step - length : start;
  frame.scrollTop = within(frame.scrollTop, frame.clientHeight, label * step);
  frame.scrollLeft = within(frame.scrollLeft, frame.clientWidth, predicted * step);
}
