/** The network from the image down: its modules, as wide as their maps are large, what joins them, and what is chosen. */
import * as l10n from '@vscode/l10n';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { NetworkMapView } from '../../../src/protocol/runPanel';
import { layoutOf, type Box } from './networkLayout';

export interface NetworkMapProperties {
  readonly map: NetworkMapView;
  readonly inputSize: number;
  /** The layers' names. */
  readonly chosen: readonly string[];
  readonly onChoose: (layer: string) => void;
}

export function NetworkMap({ map, inputSize, chosen, onChoose }: NetworkMapProperties) {
  const frame = useRef<HTMLDivElement>(null);
  const layout = useMemo(() => layoutOf(map, inputSize), [map, inputSize]);
  const isChosen = (box: Box): boolean => box.layers.some((layer) => chosen.includes(layer));
  const choosable = layout.boxes.filter(({ box }) => box.layers.length > 0);
  const focus = choosable.find(({ box }) => isChosen(box)) ?? choosable.at(-1);

  useLayoutEffect(() => {
    frame.current?.querySelector('.chosen')?.scrollIntoView({ block: 'center' });
  }, []);

  function onKeyDown(event: KeyboardEvent, at: number, layer: string): void {
    if (event.key === 'Enter' || event.key === ' ') onChoose(layer);
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const all = frame.current?.querySelectorAll<SVGElement>('[role="button"]');
      all?.[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
    } else return;
    event.preventDefault();
  }

  return (
    <div class="network-map" ref={frame}>
      <svg
        width={layout.width}
        height={layout.height}
        role="group"
        aria-label={l10n.t('Map of the network, from the image down: {0} modules', map.length)}
      >
        {layout.edges.map((path, at) => (
          <path key={at} d={path} class="network-edge" />
        ))}
        {layout.sizes.map(({ y, text }) => (
          <text key={y} x="2" y={y} class="network-size" aria-hidden="true">
            {text}
          </text>
        ))}
        {layout.boxes.map((placed, at) => {
          const { box, x, y, width, text } = placed;
          const layer = box.layers.find((each) => chosen.includes(each)) ?? box.layers.at(-1);
          const shape = (
            <>
              <title>{boxText(box)}</title>
              <rect x={x} y={y} width={width} height={layout.boxHeight} rx="3" />
              {text !== '' && (
                <text x={x + width / 2} y={y + layout.boxHeight - 4.5} class="network-name" aria-hidden="true">
                  {text}
                </text>
              )}
            </>
          );
          if (layer === undefined)
            return (
              <g key={at} class="network-box">
                {shape}
              </g>
            );
          return (
            <g
              key={at}
              class={isChosen(box) ? 'network-box layer chosen' : 'network-box layer'}
              role="button"
              tabindex={placed === focus ? 0 : -1}
              aria-pressed={isChosen(box)}
              aria-label={boxText(box)}
              onClick={() => onChoose(layer)}
              onKeyDown={(event) => onKeyDown(event, choosable.indexOf(placed), layer)}
            >
              {shape}
            </g>
          );
        })}
      </svg>
    </div>
  );
}

/** "layer4.1: 512 channels · 7×7. Layers layer4.1.conv2, layer4.1" */
function boxText({ name, operations, channels, height, width, inputs, layers }: Box): string {
  const head = l10n.t(
    '{0}: {1} channels · {2}×{3}',
    name === '' ? operations.join(', ') : name,
    channels,
    height,
    width,
  );
  const joins = inputs.length > 3 ? [l10n.t('joins {0} feature maps', inputs.length)] : [];
  const inside =
    layers.length === 0
      ? [l10n.t('no layer to choose')]
      : layers.length === 1 && layers[0] === name
        ? []
        : [l10n.t('layers: {0}', layers.join(', '))];
  return [head, ...joins, ...inside].join(' · ');
}
