import type { SeriesStyle } from './palette';

/** A curve's line and the shape of its points, on an exported picture. */
export function drawKey(
  context: CanvasRenderingContext2D,
  left: number,
  y: number,
  { colour, symbol }: SeriesStyle,
): void {
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(left, y);
  context.lineTo(left + 30, y);
  context.stroke();
  const x = left + 15;
  context.beginPath();
  if (symbol === 'circle') context.arc(x, y, 4.5, 0, 2 * Math.PI);
  else {
    const corners = {
      rect: [-4, -4, 4, -4, 4, 4, -4, 4],
      triangle: [0, -5, 5, 4, -5, 4],
      diamond: [0, -5, 5, 0, 0, 5, -5, 0],
    }[symbol];
    for (let i = 0; i < corners.length; i += 2)
      context.lineTo(x + (corners[i] as number), y + (corners[i + 1] as number));
  }
  context.fill();
}
