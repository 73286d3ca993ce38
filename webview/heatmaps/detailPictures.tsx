/** The three large pictures of a cell. The pointer and the arrow keys choose a position of the heatmap in them. */
import type { Signal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import type { Scale } from '../../src/imaging/heatmap';
import { placeInInput, type Box } from '../../src/imaging/placement';
import type { ExplainedImage } from '../../src/protocol/engine';
import { givenText, shownPicture } from '../common/heat/pictures';
import type { Position } from '../common/gridKeys';
import { HeatStack } from '../heat';
import type { ShownHeat } from './compared';
import { look } from './page';
import { rawValue, type RawValue } from './rawValue';

const RASTER = 320;

export interface DetailPicturesProperties {
  readonly explained: ExplainedImage | undefined;
  readonly shown: ShownHeat | undefined;
  /** What the map is called: a heatmap, or the difference of two. */
  readonly name: string;
  readonly scale: Scale | undefined;
  /** The position at the layer's resolution that is read out. */
  readonly at: Signal<Position | undefined>;
}

export function DetailPictures({ explained, shown, name, scale, at }: DetailPicturesProperties) {
  const picture = explained?.usable === true ? shownPicture(explained) : undefined;
  const map = shown?.map;

  function pointAt(event: PointerEvent & { readonly currentTarget: HTMLElement }): void {
    if (map === undefined || picture === undefined) return;
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    const place = placeInInput(picture.box, (event.clientX - left) / width, (event.clientY - top) / height);
    at.value = place && { row: Math.floor(place.y * map.height), column: Math.floor(place.x * map.width) };
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = Object.hasOwn(ARROWS, event.key) ? ARROWS[event.key] : undefined;
    if (map === undefined || step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const [down, right] = at.value === undefined ? [0, 0] : step;
    at.value = {
      row: Math.min(Math.max((at.value?.row ?? 0) + down, 0), map.height - 1),
      column: Math.min(Math.max((at.value?.column ?? 0) + right, 0), map.width - 1),
    };
  }

  const stack = {
    picture,
    scale,
    appearance: look.appearance,
    raster: RASTER,
    flat: false,
    role: 'img' as const,
    onPointerMove: pointAt,
  };
  const read = rawValue(shown, at.value);
  const marker = picture !== undefined && read !== undefined && <Marker box={picture.box} value={read} />;
  const heatmap = read === undefined ? name : l10n.t('{0}. {1}: {2}', name, read.position, read.value);
  return (
    <div>
      <div class="views">
        <figure>
          <HeatStack {...stack} class="only-picture" aria-label={l10n.t('Image')} map={undefined}>
            {marker}
          </HeatStack>
          <figcaption>{l10n.t('Image')}</figcaption>
        </figure>
        <figure>
          <HeatStack
            {...stack}
            class="only-heat"
            aria-label={heatmap}
            map={shown}
            isAlone
            flat={shown?.flat === true}
            tabIndex={0}
            onKeyDown={onKeyDown}
          >
            {marker}
          </HeatStack>
          <figcaption>{name}</figcaption>
        </figure>
        <figure>
          <HeatStack {...stack} aria-label={l10n.t('Overlay')} map={shown}>
            {marker}
          </HeatStack>
          <figcaption>{l10n.t('Overlay')}</figcaption>
        </figure>
      </div>
      <p class="views-note muted">{givenText(explained)}</p>
    </div>
  );
}

const ARROWS: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Frames the position that is read out. */
function Marker({ box, value: { row, column, height, width } }: { readonly box: Box; readonly value: RawValue }) {
  const style = {
    left: `${100 * (box.left + (box.width * column) / width)}%`,
    top: `${100 * (box.top + (box.height * row) / height)}%`,
    width: `${(100 * box.width) / width}%`,
    height: `${(100 * box.height) / height}%`,
  };
  return <span class="marker" style={style} />;
}
