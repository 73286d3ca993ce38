/** Canvases of exported figures, which are white in every theme, and their texts. */
import { contextOf, type Context } from './paint';

/** Browsers refuse larger canvases. */
const MAX_PIXELS = 120e6;
const MAX_SIDE = 16_000;

/** A white canvas of this size in its own units, drawn at twice the size, or at the largest possible one. */
export function createFigure(width: number, height: number): { canvas: OffscreenCanvas; context: Context } {
  const density = Math.min(2, MAX_SIDE / Math.max(width, height), Math.sqrt(MAX_PIXELS / (width * height)));
  const canvas = new OffscreenCanvas(Math.round(width * density), Math.round(height * density));
  const context = contextOf(canvas);
  context.scale(density, density);
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, width, height);
  return { canvas, context };
}

export const GREY = '#666666';

interface TextStyle {
  readonly size?: number;
  readonly bold?: boolean;
  readonly colour?: string;
  readonly align?: CanvasTextAlign;
  readonly maxWidth?: number;
}

export function write(context: Context, text: string, x: number, y: number, style: TextStyle = {}): void {
  const { size = 12, bold = false, colour = '#1a1a1a', align = 'left', maxWidth } = style;
  context.font = `${bold ? '600 ' : ''}${size}px system-ui, "Segoe UI", "Helvetica Neue", "DejaVu Sans", sans-serif`;
  context.fillStyle = colour;
  context.textAlign = align;
  context.textBaseline = 'alphabetic';
  context.fillText(maxWidth === undefined ? text : shortened(context, text, maxWidth), x, y);
}

function shortened(context: Context, text: string, maxWidth: number): string {
  if (context.measureText(text).width <= maxWidth) return text;
  let length = text.length;
  while (length > 1 && context.measureText(`${text.slice(0, length)}…`).width > maxWidth) length--;
  return `${text.slice(0, length)}…`;
}

/** The label of a flat map, in a cell's upper right corner. */
export function drawFlat(context: Context, right: number, top: number): void {
  context.fillStyle = 'rgba(0, 0, 0, 0.65)';
  context.fillRect(right - 34, top + 4, 30, 17);
  write(context, 'flat', right - 19, top + 16, { size: 11, colour: '#ffffff', align: 'center' });
}
