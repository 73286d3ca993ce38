/** The controls of the appearance of heatmaps. They act at once. */
import { COLOUR_MAP_NAMES } from '../../../src/imaging/colourMaps';
import type { Scale } from '../../../src/imaging/heatmap';
import { dropdown, slider } from '../controls';
import { h } from '../dom';
import { field } from '../field';
import { createColourBar } from './colourBar';
import { BLENDINGS, CELL_SIZES, SCALES, type Appearance, type ScaleKind } from './appearance';

const BLENDING_TEXTS = { normal: 'Even', weighted: 'By heat', multiply: 'Multiply', screen: 'Screen' } as const;
const MAP_TEXTS = { viridis: 'Viridis', inferno: 'Inferno', turbo: 'Turbo', jet: 'Jet', grey: 'Grey' } as const;

export interface AppearanceControls {
  readonly element: HTMLElement;
  /** @param barScale the ends of the colour bar; undefined where each map has its own range */
  update(look: Appearance, barScale: Scale | undefined): void;
}

/** @param scaleTexts the names of the scales, because rows mean different things on different pages */
export function createAppearanceControls(
  scaleTexts: Readonly<Record<ScaleKind, string>>,
  onLook: (change: Partial<Appearance>) => void,
): AppearanceControls {
  const opacity = slider('Opacity of the heatmap', { min: 0, max: 1, step: 0.01 }, (value) =>
    onLook({ opacity: value }),
  );
  const colourMap = dropdown<Appearance['colourMap']>('Colour map', (value) => onLook({ colourMap: value }));
  const blending = dropdown<Appearance['blending']>('Blending', (value) => onLook({ blending: value }));
  const scale = dropdown<Appearance['scale']>('Scale', (value) => onLook({ scale: value }));
  const cells = dropdown<'smooth' | 'squares'>('Cells', (value) => onLook({ smooth: value === 'smooth' }));
  const size = slider('Cell size', CELL_SIZES, (value) => onLook({ cellSize: value }));
  const bar = createColourBar();
  return {
    element: h(
      'div',
      { class: 'controls look', role: 'group', 'aria-label': 'How the heatmaps look' },
      field('Opacity', opacity.element),
      field('Colours', colourMap.element),
      field('Blend', blending.element),
      field('Scale', scale.element),
      bar.element,
      field('Cells', cells.element),
      field('Size', size.element),
    ),
    update(look, barScale) {
      opacity.set(look.opacity);
      colourMap.set(
        COLOUR_MAP_NAMES.map((value) => ({ value, text: MAP_TEXTS[value] })),
        look.colourMap,
      );
      blending.set(
        BLENDINGS.map((value) => ({ value, text: BLENDING_TEXTS[value] })),
        look.blending,
      );
      scale.set(
        SCALES.map((value) => ({ value, text: scaleTexts[value] })),
        look.scale,
      );
      cells.set(
        [
          { value: 'smooth', text: 'Smooth' },
          { value: 'squares', text: 'Layer grid' },
        ],
        look.smooth ? 'smooth' : 'squares',
      );
      size.set(look.cellSize);
      bar.draw(look.colourMap, barScale);
    },
  };
}
