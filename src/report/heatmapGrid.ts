import { indexOfLargest, softmax } from '../common/scores';
import type { ClassMaps, ImageToExplain } from '../engine/explain/explain';
import { colourise, colourTable, displayMap, pngDataUri } from '../imaging';
import { html, trusted, type Markup } from './markup';
import type { ReportContent } from './content';

const COLOUR_MAP = 'viridis';
/** Pixels a side of a heatmap's picture: enough for a smooth one at the size it is shown. */
const PICTURE_SIZE = 96;

const COLOUR_BAR = pngDataUri({ height: 1, width: 256, pixels: colourTable(COLOUR_MAP) });

/** Images as rows, checkpoints as columns: the map of the predicted class over the image, and what the model says. */
export function heatmapGrid({ run, images, layer, checkpoints }: ReportContent): Markup {
  const { classNames } = run.manifest.dataset;
  return html`<h2>Grad-CAM by epoch</h2>
    <p>
      Each map is of the class that the checkpoint predicts, at the layer <code>${layer}</code>, scaled from its own
      least to its own greatest value. A map that is the same everywhere points at nothing and is called flat.
    </p>
    <p class="bar"><span>least</span><img alt="" src="${COLOUR_BAR}" /><span>greatest heat</span></p>
    <p class="controls">
      <label>Heatmap opacity <input id="opacity" type="range" min="0" max="1" step="0.05" value="0.5" /></label>
    </p>
    <div class="scroll">
      <table class="grid">
        <thead>
          <tr>
            <th>Image</th>
            <th></th>
            ${checkpoints.map(({ epoch }) => html`<th>Epoch ${epoch}${epoch === 0 && html`<br />(untrained)`}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${images.map((image, index) =>
            row(
              image,
              checkpoints.map(({ results }) => results[index] as ClassMaps),
              classNames,
            ),
          )}
        </tbody>
      </table>
    </div>
    <script>
      ${trusted(`document.getElementById('opacity').addEventListener('input', (event) =>
        document.documentElement.style.setProperty('--heat', event.target.value));`)};
    </script>`;
}

function row(image: ImageToExplain, results: readonly ClassMaps[], classNames: readonly string[]): Markup {
  const pixels = pngDataUri(image);
  const label = image.label === null ? undefined : classNames[image.label];
  return html`<tr>
    <th>${image.name}<br /><span class="muted">${label}</span></th>
    <td>
      <div class="picture"><img class="pixels" alt="${image.name}" src="${pixels}" /></div>
    </td>
    ${results.map((result) => cell(image, pixels, result, classNames))}
  </tr>`;
}

function cell(
  image: ImageToExplain,
  pixels: string,
  { logits, maps, height, width }: ClassMaps,
  classNames: readonly string[],
): Markup {
  const predicted = indexOfLargest(logits);
  const confidence = softmax(logits)[predicted] ?? 0;
  const values = maps[predicted] as Float32Array;
  const name = classNames[predicted] ?? String(predicted);
  const right = image.label === predicted;
  const map = displayMap({ height, width, values }, PICTURE_SIZE, PICTURE_SIZE);
  const heat = pngDataUri({ ...map, pixels: colourise(map.values, COLOUR_MAP) });
  const { flat } = map;
  return html`<td>
    <div class="picture">
      <img class="pixels" alt="" src="${pixels}" />
      ${!flat && html`<img class="heat" alt="Grad-CAM of ${name} over ${image.name}" src="${heat}" />`}
    </div>
    <div class="caption">
      <span class="${image.label === null ? '' : right ? 'right' : 'wrong'}"
        >${image.label !== null && (right ? '✓ ' : '✗ ')}${name}</span
      >
      ${(100 * confidence).toFixed(0)} %${flat && html`<br /><em>flat</em>`}
    </div>
  </td>`;
}
