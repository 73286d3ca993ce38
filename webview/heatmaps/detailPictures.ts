/** The three large pictures of a cell, and the raw value under the pointer. */
import type { Scale } from '../../src/imaging/heatmap';
import { placeInInput } from '../../src/imaging/placement';
import { h } from '../common/dom';
import { createColourBar } from '../common/heat/colourBar';
import type { HeatmapsState, ShownHeatmap } from './heatmapsState';
import { heatValues, paintHeat } from '../common/heat/paint';
import { createPictureStack, givenText, shownPicture, type PictureStack } from '../common/heat/pictureStack';
import { shortNumber } from '../common/text';

const RASTER = 320;

export interface DetailPictures {
  readonly element: HTMLElement;
  readonly readout: HTMLElement;
  draw(model: HeatmapsState, image: string, shown: ShownHeatmap | undefined, scale: Scale | undefined): void;
}

interface DetailPicture {
  readonly element: HTMLElement;
  readonly area: HTMLElement;
  readonly stack: PictureStack;
  readonly marker: HTMLElement;
}

export function createDetailPictures(): DetailPictures {
  const [image, heatmap, overlay] = [view('Image', 'only-picture'), view('Heatmap', 'only-heat'), view('Overlay', '')];
  const views = [image, heatmap, overlay];
  const bar = createColourBar();
  const position = h('dd', {});
  const value = h('dd', {});
  const share = h('dd', {});
  const layerName = h('dd', {});
  const readout = h(
    'section',
    { class: 'readout', 'aria-label': 'Raw values' },
    h('h3', {}, 'Raw value'),
    bar.element,
    h(
      'dl',
      {},
      h('dt', {}, 'Layer'),
      layerName,
      h('dt', {}, 'Position'),
      position,
      h('dt', {}, 'Value'),
      value,
      h('dt', {}, 'Of its maximum'),
      share,
    ),
    h('p', { class: 'hint muted' }, 'Point at a picture, or focus the heatmap and press the arrow keys.'),
  );
  const note = h('p', { class: 'views-note muted' });
  let shown: ShownHeatmap | undefined;
  let box = { left: 0, top: 0, width: 1, height: 1 };
  /** Row and column at the layer's resolution. */
  let at: { row: number; column: number } | undefined;

  function read(): void {
    const map = shown?.result.map(shown.target);
    // Another layer may have fewer positions.
    const place =
      map !== undefined && at !== undefined && at.row < map.height && at.column < map.width ? at : undefined;
    for (const { marker } of views) marker.hidden = place === undefined;
    if (map === undefined || place === undefined || shown === undefined) {
      for (const field of [position, value, share]) field.textContent = '–';
      return;
    }
    const raw = map.values[place.row * map.width + place.column] ?? 0;
    const { maximum } = shown.result.range(shown.target);
    position.textContent = `row ${place.row + 1} of ${map.height}, column ${place.column + 1} of ${map.width}`;
    value.textContent = String(Number(raw.toPrecision(6)));
    share.textContent = maximum > 0 ? `${((100 * raw) / maximum).toFixed(1)} %` : '–';
    heatmap.area.setAttribute('aria-label', `Heatmap. ${position.textContent}: ${shortNumber(raw)}`);
    for (const { marker } of views) {
      marker.style.left = `${100 * (box.left + (box.width * place.column) / map.width)}%`;
      marker.style.top = `${100 * (box.top + (box.height * place.row) / map.height)}%`;
      marker.style.width = `${(100 * box.width) / map.width}%`;
      marker.style.height = `${(100 * box.height) / map.height}%`;
    }
  }

  function pointAt(event: PointerEvent, area: HTMLElement): void {
    const map = shown?.result.map(shown.target);
    if (map === undefined) return;
    const within = area.getBoundingClientRect();
    const place = placeInInput(
      box,
      (event.clientX - within.left) / within.width,
      (event.clientY - within.top) / within.height,
    );
    at = place && { row: Math.floor(place.y * map.height), column: Math.floor(place.x * map.width) };
    read();
  }

  for (const { area } of views) area.addEventListener('pointermove', (event) => pointAt(event, area));
  heatmap.area.tabIndex = 0;
  heatmap.area.addEventListener('keydown', (event) => {
    const map = shown?.result.map(shown.target);
    const [down, right] = ARROWS[event.key] ?? [0, 0];
    if (map === undefined || (down === 0 && right === 0)) return;
    event.preventDefault();
    event.stopPropagation();
    at = {
      row: Math.min(Math.max((at?.row ?? 0) + (at === undefined ? 0 : down), 0), map.height - 1),
      column: Math.min(Math.max((at?.column ?? 0) + (at === undefined ? 0 : right), 0), map.width - 1),
    };
    read();
  });

  return {
    element: h('div', {}, h('div', { class: 'views' }, ...views.map(({ element }) => element)), note),
    readout,
    draw(model, key, nextShown, scale) {
      shown = nextShown;
      const { settings, results } = model;
      const explained = results.image(key);
      if (explained?.usable === true) {
        const picture = shownPicture(explained);
        ({ box } = picture);
        for (const { stack } of views) stack.show(picture);
      }
      note.textContent = givenText(explained);
      for (const { area } of views) {
        area.dataset['blending'] = settings.blending;
        area.style.setProperty('--heat-opacity', String(settings.opacity));
        area.classList.toggle('squares', !settings.smooth);
        area.classList.toggle('empty', shown === undefined);
      }
      layerName.textContent =
        results.layer === undefined ? '–' : `${results.layer.name} (${results.layer.height} × ${results.layer.width})`;
      if (shown === undefined) {
        for (const { stack } of views) stack.heat.width = 1;
      } else {
        const values = heatValues(shown, scale, settings.smooth, RASTER);
        // Alone, the heatmap has nothing to blend with.
        paintHeat(heatmap.stack.heat, values, { ...settings, blending: 'normal' });
        paintHeat(overlay.stack.heat, values, settings);
        bar.draw(settings.colourMap, scale ?? shown.result.range(shown.target));
      }
      heatmap.element.classList.toggle('is-flat', shown?.flat === true);
      read();
    },
  };
}

const ARROWS: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

function view(caption: string, kind: string): DetailPicture {
  const marker = h('div', { class: 'marker', hidden: true });
  const stack = createPictureStack(kind, h('span', { class: 'flat' }, 'flat'), marker);
  const area = stack.element;
  area.setAttribute('role', 'img');
  area.setAttribute('aria-label', caption);
  return { element: h('figure', {}, area, h('figcaption', {}, caption)), area, stack, marker };
}
