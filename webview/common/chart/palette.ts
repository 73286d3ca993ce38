/** How curves are told apart: by colour, and by the shape of their points, so that nobody needs the colours. */
import { themeColour } from '../themeColours';

export interface SeriesStyle {
  readonly colour: string;
  readonly symbol: (typeof SYMBOLS)[number];
}

const COLOURS = ['blue', 'orange', 'green', 'purple', 'red', 'yellow'] as const;
const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond'] as const;

/** Of the curve at a place in the list: the same one as long as the list is. Twelve look different. */
export function styleOf(place: number): SeriesStyle {
  const colour = COLOURS[place % COLOURS.length] as (typeof COLOURS)[number];
  const symbol = SYMBOLS[place % SYMBOLS.length] as (typeof SYMBOLS)[number];
  return { colour: themeColour(`charts-${colour}`, 'foreground'), symbol };
}

export interface ChartColours {
  readonly text: string;
  readonly muted: string;
  readonly lines: string;
  readonly background: string;
  readonly border: string;
  readonly font: string;
}

export function chartColours(): ChartColours {
  return {
    text: themeColour('foreground'),
    muted: themeColour('descriptionForeground', 'foreground'),
    lines: themeColour('charts-lines', 'widget-border', 'foreground'),
    background: themeColour('editor-background'),
    border: themeColour('contrastBorder', 'editorHoverWidget-border', 'widget-border', 'foreground'),
    font: getComputedStyle(document.body).fontFamily,
  };
}
