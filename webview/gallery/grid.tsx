/** The grid of tiles: a canvas that stays in place while a tall, empty element scrolls behind it. */
import { effect, type ReadonlySignal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Gallery } from './gallery';
import { describeImage } from './galleryState';
import { heightOf, layOut, moved, positionAt, scrollToShow, visibleRange, type Layout } from './layout';
import { paint, readColours } from './painter';

export function Grid({ gallery }: { readonly gallery: Gallery }) {
  const element = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const spacer = useRef<HTMLDivElement>(null);

  const size = () => ({ width: element.current?.clientWidth ?? 0, height: element.current?.clientHeight ?? 0 });
  const scrolled = (): number => element.current?.scrollTop ?? 0;
  function layout(): Layout {
    const { tile, shown } = gallery.state.peek();
    return layOut(size().width, tile, shown.length);
  }

  const redraw = useRef<() => void>(() => undefined);
  const colours = useRef(readColours());
  useLayoutEffect(() => {
    let frame = 0;
    redraw.current = () => {
      if (frame === 0) frame = requestAnimationFrame(draw);
    };
    function draw(): void {
      frame = 0;
      if (element.current === null || canvas.current === null) return;
      const now = layout();
      const { first, end } = visibleRange(now, scrolled(), size().height);
      const state = gallery.state.peek();
      gallery.pages.want(state.filter.set, state.shown, first, end);
      const context = canvas.current.getContext('2d', { alpha: false }) as CanvasRenderingContext2D;
      const focused = document.activeElement === element.current;
      const { pages } = gallery;
      const hover = gallery.hover.peek();
      paint(
        {
          context,
          layout: now,
          scrollTop: scrolled(),
          ...size(),
          first,
          end,
          colours: colours.current,
          pages,
          focused,
          hover,
        },
        state,
      );
    }
    function scrollTo(top: number): void {
      resizeSpacer();
      if (element.current !== null) element.current.scrollTop = top;
      redraw.current();
    }
    gallery.grid.current = {
      top: () => visibleRange(layout(), scrolled(), size().height).first,
      reveal: (position) => scrollTo(scrollToShow(layout(), position, scrolled(), size().height)),
      scrollTo: (position) => scrollTo(scrollToShow(layout(), position, Infinity, size().height)),
      focus: () => element.current?.focus({ preventScroll: true }),
    };
    return () => {
      cancelAnimationFrame(frame);
      gallery.grid.current = null;
    };
  }, [gallery]);

  function resizeSpacer(): void {
    if (spacer.current !== null) spacer.current.style.height = `${Math.max(0, heightOf(layout()) - size().height)}px`;
  }

  useEffect(() => {
    const resized = new ResizeObserver(() => {
      fitCanvas(canvas.current, size());
      resizeSpacer();
      redraw.current();
    });
    if (element.current !== null) resized.observe(element.current);
    // The grid knows its size only in the next frame.
    requestAnimationFrame(() => requestAnimationFrame(() => gallery.grid.current?.scrollTo(gallery.top)));
    const change = (): void => {
      resizeSpacer();
      redraw.current();
    };
    const stops = [gallery.state, gallery.hover, gallery.arrived].map((each: ReadonlySignal) => each.subscribe(change));
    const stopColours = effect(() => {
      colours.current = readColours();
      redraw.current();
    });
    return () => {
      for (const stop of [...stops, stopColours]) stop();
      resized.disconnect();
    };
  }, [gallery]);

  function pointAt(event: MouseEvent): number | undefined {
    const box = element.current?.getBoundingClientRect();
    return box && positionAt(layout(), event.clientX - box.left, event.clientY - box.top + scrolled());
  }

  function onKeyDown(event: KeyboardEvent): void {
    const { focus } = gallery.state.peek();
    const target = event.altKey ? undefined : moved(layout(), focus, event.key, size().height);
    if (event.key === ' ' || event.key === 'Enter') gallery.pick(focus, event.shiftKey);
    else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a') gallery.selectAll();
    else if (target !== undefined) gallery.move(target, event.shiftKey);
    else return;
    event.preventDefault();
  }

  return (
    <div
      ref={element}
      class="grid"
      role="listbox"
      tabIndex={0}
      aria-label={l10n.t('Images')}
      aria-activedescendant="focused-image"
      aria-multiselectable={gallery.state.value.view.study !== null}
      onScroll={() => {
        redraw.current();
        gallery.keep();
      }}
      onPointerMove={(event) => (gallery.hover.value = pointAt(event))}
      onPointerLeave={() => (gallery.hover.value = undefined)}
      onClick={(event) => {
        const position = pointAt(event);
        if (position !== undefined) gallery.pick(position, event.shiftKey);
      }}
      onKeyDown={onKeyDown}
      onFocus={() => redraw.current()}
      onBlur={() => redraw.current()}
    >
      <canvas ref={canvas} aria-hidden="true" />
      <FocusedImage gallery={gallery} />
      <div ref={spacer} class="spacer" />
    </div>
  );
}

function fitCanvas(canvas: HTMLCanvasElement | null, { width, height }: { width: number; height: number }): void {
  if (canvas === null) return;
  canvas.width = Math.round(width * devicePixelRatio);
  canvas.height = Math.round(height * devicePixelRatio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  (canvas.getContext('2d', { alpha: false }) as CanvasRenderingContext2D).scale(devicePixelRatio, devicePixelRatio);
}

/** The image with the focus, for screen readers. */
function FocusedImage({ gallery }: { readonly gallery: Gallery }) {
  const { focus, shown, selection, filter } = gallery.state.value;
  const image = describeImage(gallery.state.value, focus);
  return (
    <div
      id="focused-image"
      role="option"
      class="screen-reader-only"
      aria-posinset={focus + 1}
      aria-setsize={shown.length}
      aria-selected={selection[filter.set].has(shown[focus] ?? -1)}
    >
      {image === null
        ? l10n.t('no image')
        : [image.name, image.label, image.verdict].filter((text) => text !== '').join(', ')}
    </div>
  );
}
