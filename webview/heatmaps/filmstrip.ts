/** The same image over all epochs: a strip of small overlays, a slider, and a button that plays it. */
import type { Scale } from '../../src/imaging/heatmap';
import { button, slider } from '../common/controls';
import { h } from '../common/dom';
import { icon } from '../common/icons';
import { prefersReducedMotion } from '../common/motion';
import type { CellPlace } from './grid';
import { shownCell, type HeatmapsState } from './heatmapsState';
import { heatValues, paintHeat } from '../common/heat/paint';
import { createPictureStack, shownPicture, type PictureStack } from '../common/heat/pictureStack';
import { percent } from '../common/text';

const RASTER = 48;
const STEP_MILLISECONDS = 600;
/** With reduced motion the pictures change slowly enough not to look like a movement. */
const CALM_STEP_MILLISECONDS = 1500;

export interface Filmstrip {
  readonly element: HTMLElement;
  draw(model: HeatmapsState, place: CellPlace, scale: Scale | undefined): void;
  step(by: number): void;
  togglePlay(): void;
  stop(): void;
}

interface Frame {
  readonly element: HTMLButtonElement;
  readonly stack: PictureStack;
  readonly number: HTMLElement;
}

export function createFilmstrip(onEpoch: (epoch: number) => void): Filmstrip {
  const play = button({ label: 'Play (Space)', icon: 'play', appearance: 'icon', onClick: togglePlay });
  const scrubber = slider('Epoch', { min: 0, max: 1, step: 1 }, (index) => choose(index));
  scrubber.element.classList.add('scrubber');
  const strip = h('div', { class: 'strip' });
  let epochs: readonly number[] = [];
  let frames: readonly Frame[] = [];
  let current = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  let drawn = '';

  function choose(index: number): void {
    const epoch = epochs[Math.min(Math.max(index, 0), epochs.length - 1)];
    if (epoch !== undefined) onEpoch(epoch);
  }

  function setPlaying(playing: boolean): void {
    clearInterval(timer);
    timer = undefined;
    play.replaceChildren(icon(playing ? 'pause' : 'play'));
    const label = playing ? 'Pause (Space)' : 'Play (Space)';
    play.setAttribute('aria-label', label);
    play.title = label;
    if (!playing) return;
    timer = setInterval(
      () => {
        if (current < epochs.length - 1) choose(current + 1);
        if (current >= epochs.length - 1) setPlaying(false);
      },
      prefersReducedMotion() ? CALM_STEP_MILLISECONDS : STEP_MILLISECONDS,
    );
  }

  function togglePlay(): void {
    const starts = timer === undefined;
    if (starts && current >= epochs.length - 1) choose(0);
    setPlaying(starts && epochs.length > 1);
  }

  function drawFrame(frame: Frame, model: HeatmapsState, image: string, epoch: number, scale: Scale | undefined): void {
    const explained = model.results.image(image);
    const { heat } = frame.stack;
    if (explained?.usable === true) frame.stack.show(shownPicture(explained));
    const shown = shownCell(model, image, epoch);
    frame.number.textContent = shown === undefined ? '…' : percent(shown.result.probabilities[shown.target] ?? 0);
    if (shown === undefined) heat.width = 1;
    else paintHeat(heat, heatValues(shown, scale, model.settings.smooth, RASTER), model.settings);
  }

  return {
    element: h(
      'section',
      { class: 'filmstrip', 'aria-label': 'Across epochs' },
      h('div', { class: 'transport' }, play, scrubber.element),
      strip,
    ),
    step: (by) => choose(current + by),
    togglePlay,
    stop: () => setPlaying(false),
    draw(model, { image, epoch }, scale) {
      epochs = model.checkpoints.map((checkpoint) => checkpoint.epoch);
      current = Math.max(epochs.indexOf(epoch), 0);
      if (frames.length !== epochs.length) {
        frames = epochs.map((_, index) => frame(() => choose(index)));
        strip.replaceChildren(...frames.map(({ element }) => element));
      }
      scrubber.element.max = String(Math.max(epochs.length - 1, 0));
      scrubber.set(current);
      scrubber.element.setAttribute('aria-valuetext', model.checkpoints[current]?.name ?? '');
      strip.dataset['blending'] = model.settings.blending;
      strip.style.setProperty('--heat-opacity', String(model.settings.opacity));
      // While it plays only the mark moves.
      const there = epochs.filter((each) => model.results.cell(image, each) !== undefined);
      const key = JSON.stringify([
        image,
        there,
        epochs,
        scale,
        { ...model.settings, opacity: 0 },
        model.method,
        model.layer,
      ]);
      frames.forEach((each, index) => {
        const at = epochs[index] ?? 0;
        const name = model.checkpoints[index]?.name ?? '';
        each.element.setAttribute('aria-label', name);
        each.element.setAttribute('aria-current', String(index === current));
        (each.element.lastChild as HTMLElement).textContent = name;
        if (key !== drawn) drawFrame(each, model, image, at, scale);
      });
      drawn = key;
      frames[current]?.element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    },
  };
}

function frame(onClick: () => void): Frame {
  const stack = createPictureStack('');
  const number = h('span', { class: 'number' });
  const element = h('button', { class: 'frame', tabindex: -1 }, stack.element, number, h('span', { class: 'muted' }));
  element.addEventListener('click', onClick);
  return { element, stack, number };
}
