/** The three large pictures of a cell, and the raw value under the pointer. */
import type { Scale } from '../../src/imaging/heatmap';
import { h } from '../common/dom';
import { createColourBar } from '../common/heat/colourBar';
import type { Model, Shown } from './model';
import { heatValues, paintHeat, paintPicture } from '../common/heat/paint';
import { shortNumber } from '../common/text';

const RASTER = 320;

export interface Views {
  readonly element: HTMLElement;
  readonly readout: HTMLElement;
  draw(model: Model, image: string, shown: Shown | undefined, scale: Scale | undefined): void;
}

interface View {
  readonly element: HTMLElement;
  readonly area: HTMLElement;
  readonly picture: HTMLCanvasElement;
  readonly heat: HTMLCanvasElement;
  readonly marker: HTMLElement;
}

export function createViews(): Views {
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
  let shown: Shown | undefined;
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
      marker.style.left = `${(100 * place.column) / map.width}%`;
      marker.style.top = `${(100 * place.row) / map.height}%`;
      marker.style.width = `${100 / map.width}%`;
      marker.style.height = `${100 / map.height}%`;
    }
  }

  function pointAt(event: PointerEvent, area: HTMLElement): void {
    const map = shown?.result.map(shown.target);
    if (map === undefined) return;
    const box = area.getBoundingClientRect();
    const step = (offset: number, length: number, count: number): number =>
      Math.min(Math.max(Math.floor((offset / length) * count), 0), count - 1);
    at = {
      row: step(event.clientY - box.top, box.height, map.height),
      column: step(event.clientX - box.left, box.width, map.width),
    };
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
    element: h('div', { class: 'views' }, ...views.map(({ element }) => element)),
    readout,
    draw(model, key, nextShown, scale) {
      shown = nextShown;
      const { settings, results } = model;
      const explained = results.image(key);
      if (explained?.usable === true) {
        paintPicture(image.picture, explained.original ?? explained.picture);
        for (const { picture } of [heatmap, overlay]) paintPicture(picture, explained.picture);
      }
      for (const { area } of views) {
        area.dataset['blending'] = settings.blending;
        area.style.setProperty('--heat-opacity', String(settings.opacity));
        area.classList.toggle('squares', !settings.smooth);
        area.classList.toggle('empty', shown === undefined);
      }
      layerName.textContent =
        results.layer === undefined ? '–' : `${results.layer.name} (${results.layer.height} × ${results.layer.width})`;
      if (shown === undefined) {
        for (const { heat } of views) heat.width = 1;
      } else {
        const values = heatValues(shown, scale, settings.smooth, RASTER);
        // Alone there is nothing to blend with.
        paintHeat(heatmap.heat, values, { ...settings, blending: 'normal' });
        paintHeat(overlay.heat, values, settings);
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

function view(caption: string, kind: string): View {
  const picture = h('canvas', { class: 'picture' });
  const heat = h('canvas', { class: 'heat' });
  const marker = h('div', { class: 'marker', hidden: true });
  const area = h(
    'div',
    { class: `stack ${kind}`, role: 'img', 'aria-label': caption },
    picture,
    heat,
    h('span', { class: 'flat' }, 'flat'),
    marker,
  );
  return { element: h('figure', {}, area, h('figcaption', {}, caption)), area, picture, heat, marker };
}
