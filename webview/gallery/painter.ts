/** Draws the visible tiles. */
import { isHighContrast, themeColour } from '../chart/themeColours';
import { GAP, leftOf, topOf, type Layout } from './layout';
import { isWrong, type GalleryState } from './galleryState';
import type { Pages } from './pages';
import { drawFrom, type Sheet } from './sheet';

export interface Colours {
  readonly background: string;
  readonly empty: string;
  readonly selected: string;
  readonly onSelected: string;
  readonly focus: string;
  readonly hover: string;
  readonly wrong: string;
}

export function readColours(): Colours {
  return {
    background: themeColour('editor-background'),
    empty: themeColour('editorWidget-background', 'sideBar-background', 'editor-background'),
    selected: isHighContrast()
      ? themeColour('contrastActiveBorder', 'focusBorder')
      : themeColour('button-background', 'focusBorder'),
    onSelected: isHighContrast()
      ? themeColour('editor-background')
      : themeColour('button-foreground', 'editor-background'),
    focus: themeColour('focusBorder'),
    hover: themeColour('list-hoverForeground', 'foreground'),
    wrong: themeColour('charts-red', 'errorForeground'),
  };
}

export interface Frame {
  readonly context: CanvasRenderingContext2D;
  readonly layout: Layout;
  readonly scrollTop: number;
  readonly width: number;
  readonly height: number;
  readonly first: number;
  readonly end: number;
  readonly colours: Colours;
  readonly pages: Pages<Sheet>;
  /** Whether the grid has the keyboard focus. */
  readonly focused: boolean;
  /** The position under the pointer. */
  readonly hover: number | undefined;
}

type Square = readonly [x: number, y: number, side: number];

/** Lengths are CSS pixels; the context is scaled. */
export function paint(frame: Frame, model: GalleryState): void {
  const { context, colours, layout, scrollTop } = frame;
  context.fillStyle = colours.background;
  context.fillRect(0, 0, frame.width, frame.height);
  context.imageSmoothingEnabled = false;
  const squareOf = (position: number): Square => [
    leftOf(layout, position),
    topOf(layout, position) - scrollTop,
    layout.tile,
  ];
  paintPictures(frame, model, squareOf);
  paintMarks(frame, model, squareOf);
  if (frame.hover !== undefined) outline(context, squareOf(frame.hover), colours.hover, 1);
  if (frame.focused && model.shown.length > 0) outline(context, squareOf(model.focus), colours.focus, 2);
}

function paintPictures(
  { context, first, end, colours, pages }: Frame,
  { shown, filter }: GalleryState,
  squareOf: (p: number) => Square,
): void {
  context.fillStyle = colours.empty;
  for (let position = first; position < end; position++) {
    const place = pages.find(filter.set, shown[position] as number);
    const square = squareOf(position);
    if (place === undefined) context.fillRect(square[0], square[1], square[2], square[2]);
    else drawFrom(context, place.kept, place.row, square);
  }
}

function paintMarks(
  { context, first, end, colours }: Frame,
  model: GalleryState,
  squareOf: (p: number) => Square,
): void {
  const selected = model.selection[model.filter.set];
  for (let position = first; position < end; position++) {
    const index = model.shown[position] as number;
    const square = squareOf(position);
    if (isWrong(model, index)) paintWrong(context, square, colours);
    if (selected.has(index)) paintSelected(context, square, colours);
  }
}

/** A corner, at the bottom right. */
function paintWrong(context: CanvasRenderingContext2D, [x, y, side]: Square, { wrong, background }: Colours): void {
  const size = Math.max(9, side / 5);
  context.beginPath();
  context.moveTo(x + side, y + side - size);
  context.lineTo(x + side, y + side);
  context.lineTo(x + side - size, y + side);
  context.closePath();
  context.fillStyle = wrong;
  context.fill();
  context.strokeStyle = background;
  context.lineWidth = 1;
  context.stroke();
}

/** A frame, and a tick at the top left that is visible without colours. */
function paintSelected(context: CanvasRenderingContext2D, [x, y, side]: Square, colours: Colours): void {
  const border = Math.min(3, GAP - 1);
  context.strokeStyle = colours.selected;
  context.lineWidth = border;
  context.strokeRect(x - border / 2 + 1, y - border / 2 + 1, side + border - 2, side + border - 2);
  const size = Math.max(12, Math.min(20, side / 3));
  context.fillStyle = colours.selected;
  context.fillRect(x, y, size, size);
  context.strokeStyle = colours.onSelected;
  context.lineWidth = Math.max(1.5, size / 9);
  context.beginPath();
  context.moveTo(x + size * 0.22, y + size * 0.52);
  context.lineTo(x + size * 0.42, y + size * 0.72);
  context.lineTo(x + size * 0.78, y + size * 0.3);
  context.stroke();
}

function outline(context: CanvasRenderingContext2D, [x, y, side]: Square, colour: string, width: number): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  const out = GAP / 2;
  context.strokeRect(x - out + 0.5, y - out + 0.5, side + 2 * out - 1, side + 2 * out - 1);
}
