/** Describes the image under the pointer, and the selection. */
import * as l10n from '@vscode/l10n';
import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../controls';
import type { Gallery } from './gallery';
import { describeImage, type GalleryState } from './galleryState';
import { grouped } from '../common/text';
import { chosenOf, problemOf, sameSelection, sizeOf } from './selection';
import { drawFrom } from './sheet';

export interface FooterProperties {
  readonly gallery: Gallery;
  readonly onOpenStudy: () => void;
}

export function Footer({ gallery, onOpenStudy }: FooterProperties) {
  const { text, problem } = gallery.said.value;
  const choosing = gallery.state.value.view.study !== null;
  return (
    <div class="footer">
      <PointedImage gallery={gallery} />
      <div class="choice">
        <div class="words">
          {choosing && (
            <span class="selected" role="status">
              {selectionText(gallery.state.value)}
            </span>
          )}
          <span class={problem ? 'said error-text' : 'said'} role="status">
            {text}
          </span>
        </div>
        {choosing && <Actions gallery={gallery} onOpenStudy={onOpenStudy} />}
      </div>
    </div>
  );
}

/** The side of the enlarged image in CSS pixels. */
const PREVIEW = 64;

/** The image under the pointer, or else the one with the focus, enlarged. */
function PointedImage({ gallery }: { readonly gallery: Gallery }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const state = gallery.state.value;
  const position = gallery.hover.value ?? state.focus;
  const image = describeImage(state, position);
  const index = state.shown[position];
  // Drawn again when its pixels arrive.
  const arrived = gallery.arrived.value;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context === null || context === undefined) return;
    const place = index === undefined ? undefined : gallery.pages.find(state.filter.set, index);
    context.imageSmoothingEnabled = false;
    context.clearRect(0, 0, PREVIEW, PREVIEW);
    if (place !== undefined) drawFrom(context, place.kept, place.row, [0, 0, PREVIEW]);
  }, [gallery, state.filter.set, index, arrived]);
  return (
    <div class="image">
      <canvas ref={canvas} class="preview" width={PREVIEW} height={PREVIEW} aria-hidden="true" />
      <div class="about">
        <strong>{image?.name}</strong>
        <span>{image?.label}</span>
        <span class="muted">{image?.verdict}</span>
      </div>
    </div>
  );
}

function Actions({ gallery, onOpenStudy }: FooterProperties) {
  const { selection, saved, view } = gallery.state.value;
  const changed = !sameSelection(selection, saved);
  const problem = problemOf(selection);
  return (
    <div class="actions">
      <Button
        label={l10n.t('Clear')}
        title={l10n.t('Select nothing')}
        disabled={sizeOf(selection) === 0}
        onClick={() => gallery.select({ test: new Set(), train: new Set() })}
      />
      {changed && (
        <Button
          label={l10n.t('Revert')}
          title={l10n.t('Select what the study file names')}
          onClick={() => gallery.select(saved)}
        />
      )}
      <Button
        label={l10n.t('Save to Study')}
        icon="save"
        primary
        title={problem ?? l10n.t('Write these images into {0}', view.name)}
        disabled={!changed || problem !== undefined}
        onClick={() => void gallery.save()}
      />
      <Button
        label={l10n.t('Show Heatmaps')}
        icon="layers"
        title={heatmapTitle(view.runs.length > 0, changed, problem)}
        disabled={problem !== undefined || view.runs.length === 0}
        onClick={() => void gallery.showHeatmaps()}
      />
      <Button label={l10n.t('Open Study File')} onClick={onOpenStudy} />
    </div>
  );
}

function heatmapTitle(trained: boolean, changed: boolean, problem: string | undefined): string {
  if (!trained) return l10n.t('Train the study first: there is no checkpoint yet');
  if (problem !== undefined) return problem;
  return changed
    ? l10n.t('Save the selection to the study, and show its heatmaps')
    : l10n.t('Show the heatmaps of these images');
}

/** `12 selected (8 test, 4 training) · not saved` */
function selectionText({ selection, saved, view }: GalleryState): string {
  const { test, train } = chosenOf(selection);
  const count = countText(test.length, train.length);
  if (!sameSelection(selection, saved)) {
    const problem = sizeOf(selection) === 0 ? undefined : problemOf(selection);
    return `${count} · ${problem ?? l10n.t('not saved')}`;
  }
  const random = view.study?.random ?? null;
  return random === null ? count : `${count} · ${l10n.t('drawn at random, as the study asks')}`;
}

function countText(test: number, train: number): string {
  const all = grouped(test + train);
  if (test > 0 && train > 0) return l10n.t('{0} selected ({1} test, {2} training)', all, grouped(test), grouped(train));
  if (test > 0) return l10n.t('{0} selected ({1} test)', all, grouped(test));
  return train > 0 ? l10n.t('{0} selected ({1} training)', all, grouped(train)) : l10n.t('{0} selected', all);
}
