/** Curves differ in colour and in the shape of their points, so that nobody depends on the colours. */
import { themeColour } from './themeColours';

export interface SeriesStyle {
  readonly colour: string;
  readonly symbol: (typeof SYMBOLS)[number];
}

const COLOURS = ['blue', 'orange', 'green', 'purple', 'red', 'yellow'] as const;
const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond'] as const;

/** The style of the curve at an index in the list, which stays the same while the list does. Twelve styles differ. */
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
