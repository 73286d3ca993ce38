/** The controls of the appearance of heatmaps. They act at once. */
import * as l10n from '@vscode/l10n';
import { COLOUR_MAP_NAMES } from '../../src/imaging/colourMaps';
import { BLENDINGS, CELL_SIZES, SCALES, type ScaleKind } from '../common/heat/appearance';
import { Button, Select, Slider } from '../controls';
import type { Look } from './look';

export interface AppearanceControlsProperties {
  readonly look: Look;
  /** The names of the scales, because rows mean different things on different pages. */
  readonly scaleTexts: Readonly<Record<ScaleKind, string>>;
  /** Whether cells have a size to choose; by default they do. */
  readonly sized?: boolean;
}

/** All but the opacity, which is in sight. */
export function AppearanceControls({ look, scaleTexts, sized = true }: AppearanceControlsProperties) {
  const { colourMap, blending, scale, smooth } = look.appearance.value;
  return (
    <>
      <Select
        label={l10n.t('Colours')}
        title={l10n.t('Colour map')}
        choices={COLOUR_MAP_NAMES.map((value) => ({ value, text: colourMapTexts()[value] }))}
        value={colourMap}
        onChange={(value) => look.change({ colourMap: value })}
      />
      <Select
        label={l10n.t('Blend')}
        title={l10n.t('Blending')}
        choices={BLENDINGS.map((value) => ({ value, text: blendingTexts()[value] }))}
        value={blending}
        onChange={(value) => look.change({ blending: value })}
      />
      <Select
        label={l10n.t('Scale')}
        choices={SCALES.map((value) => ({ value, text: scaleTexts[value] }))}
        value={scale}
        onChange={(value) => look.change({ scale: value })}
      />
      <Select
        label={l10n.t('Cells')}
        choices={[
          { value: 'smooth', text: l10n.t('Smooth') },
          { value: 'squares', text: l10n.t('Layer grid') },
        ]}
        value={smooth ? 'smooth' : 'squares'}
        onChange={(value) => look.change({ smooth: value === 'smooth' })}
      />
      {sized && <SizeSlider look={look} />}
      <Button
        label={l10n.t('Reset')}
        title={l10n.t('Back to the appearance that the settings say')}
        disabled={!look.isChanged.value}
        onClick={look.reset}
      />
    </>
  );
}

/** A component of its own, so that nothing else is rendered while it is dragged. */
export function OpacitySlider({ look }: { readonly look: Look }) {
  const { opacity } = look.appearance.value;
  return (
    <Slider
      label={l10n.t('Opacity')}
      title={l10n.t('Opacity of the heatmap')}
      min={0}
      max={1}
      step={0.01}
      value={opacity}
      text={`${Math.round(100 * opacity)} %`}
      onInput={(value) => look.change({ opacity: value })}
    />
  );
}

function SizeSlider({ look }: { readonly look: Look }) {
  return (
    <Slider
      label={l10n.t('Size')}
      title={l10n.t('Cell size')}
      {...CELL_SIZES}
      value={look.appearance.value.cellSize}
      onInput={(value) => look.change({ cellSize: value })}
    />
  );
}

function colourMapTexts() {
  return {
    viridis: 'Viridis',
    inferno: 'Inferno',
    turbo: 'Turbo',
    jet: 'Jet',
    grey: l10n.t('Grey'),
  };
}

function blendingTexts() {
  return {
    normal: l10n.t('Even'),
    weighted: l10n.t('By heat'),
    multiply: l10n.t('Multiply'),
    screen: l10n.t('Screen'),
  };
}
