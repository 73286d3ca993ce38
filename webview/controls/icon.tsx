/** Small line drawings in the text's colour, 16 × 16. */
const PATHS = {
  play: 'M4.5 2.5v11l9-5.5z',
  pause: 'M5 3v10M11 3v10',
  stop: 'M4 4h8v8H4z',
  close: 'M4 4l8 8M12 4l-8 8',
  refresh: 'M13 8a5 5 0 1 1-1.5-3.6M13 2v3h-3',
  pin: 'M9.5 2l4.5 4.5-2.5.5-2.5 2.5-.5 3L4 8l3-.5L9.5 5zM6 10l-4 4',
  save: 'M8 2v8M4.5 7L8 10.5 11.5 7M2.5 13.5h11',
  table: 'M2.5 3h11v10h-11zM2.5 6.5h11M2.5 9.5h11M6.5 3v10',
  copy: 'M5.5 5.5h8v8h-8zM3 10.5h-.5v-8h8V3',
  images: 'M2.5 4.5h9v9h-9zM5 2.5h8.5V11M3 12l3-3.5 2 2 1.5-1.5 2 2.5',
  layers: 'M8 2l6 3-6 3-6-3zM2 8l6 3 6-3M2 11l6 3 6-3',
  method:
    'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM8 5.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM8 .5v2M8 13.5v2M.5 8h2M13.5 8h2',
  compare: 'M2 3h5v10H2zM9 3h5v10H9zM3.5 8h2M10.5 8h2M11.5 7v2',
  epochs: 'M2.5 13.5V3M2.5 13.5h11M5 11l3-4 2.5 2 3-5',
  help: 'M6 6a2 2 0 1 1 2.8 1.8c-.6.3-.8.7-.8 1.5M8 11.5v.6M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12z',
  previous: 'M10 3L5 8l5 5',
  next: 'M6 3l5 5-5 5',
  up: 'M3 10l5-5 5 5',
  down: 'M3 6l5 5 5-5',
  top: 'M3 3h10M3.5 10.5L8 6l4.5 4.5M8 6v8',
  history: 'M2.5 8a5.5 5.5 0 1 0 1.7-4M2.5 2.5v3h3M8 5v3.2l2 1.3',
  clock: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM8 5v3.2l2 1.3',
  memory: 'M4 4h8v8H4zM6.5 6.5h3v3h-3zM6 2v2M10 2v2M6 12v2M10 12v2M2 6h2M2 10h2M12 6h2M12 10h2',
  server: 'M2.5 3h11v4h-11zM2.5 9h11v4h-11zM5 5h.1M5 11h.1',
  shield: 'M8 1.5l5.5 2v4c0 3.5-2.3 5.8-5.5 7-3.2-1.2-5.5-3.5-5.5-7v-4zM5.5 8l2 2 3.5-4',
  add: 'M8 3v10M3 8h10',
  check: 'M3 8.5l3.5 3.5L13 4.5',
  warning: 'M8 2.5l6 11H2zM8 6.5v3.5M8 11.5v.6',
  filter: 'M2.5 3.5h11L9 8.5v4l-2 1v-5z',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.5 10.5L14 14',
  settings:
    'M2.5 4.5h6M12 4.5h1.5M2.5 11.5H4M7.5 11.5h6M10.25 2.75a1.75 1.75 0 1 1 0 3.5 1.75 1.75 0 0 1 0-3.5zM5.75 9.75a1.75 1.75 0 1 1 0 3.5 1.75 1.75 0 0 1 0-3.5z',
} as const;
export type IconName = keyof typeof PATHS;

/** An icon is decoration. A button that shows it alone has a label. */
export function Icon({ name, slot }: { readonly name: IconName; readonly slot?: string }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" {...(slot === undefined ? {} : { slot })}>
      <path d={PATHS[name]} />
    </svg>
  );
}
