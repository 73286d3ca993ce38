/** The progress and result of a checkpoint's predictions for all images. */
import { button } from '../common/controls';
import { h } from '../common/dom';
import { setInfo, type GalleryState } from './galleryState';
import { grouped } from './toolbar';

export interface PredictionBar {
  readonly element: HTMLElement;
  update(model: GalleryState): void;
}

export function createPredictionBar(options: { onCancel: () => void; onRetry: () => void }): PredictionBar {
  const text = h('span');
  const progress = h('progress', { max: 1, 'aria-label': 'Progress of the predictions' });
  const cancel = button({ label: 'Cancel', icon: 'stop', onClick: options.onCancel });
  const retry = button({ label: 'Try Again', icon: 'refresh', onClick: options.onRetry });
  const element = h('div', { class: 'predictions', hidden: true }, text, progress, cancel, retry);
  return {
    element,
    update(model) {
      const { predictions, checkpoint } = model;
      element.hidden = predictions.kind === 'none';
      for (const part of [progress, cancel]) part.hidden = predictions.kind !== 'computing';
      retry.hidden = predictions.kind !== 'failed';
      text.classList.toggle('error-text', predictions.kind === 'failed');
      text.textContent = textOf(model, checkpoint?.epoch ?? 0);
      if (predictions.kind === 'computing' && predictions.of > 0) progress.value = predictions.done / predictions.of;
      else progress.removeAttribute('value');
    },
  };
}

function textOf(model: GalleryState, epoch: number): string {
  const { predictions, filter } = model;
  const { count } = setInfo(model);
  const images = `${filter.set === 'test' ? 'test' : 'training'} images`;
  switch (predictions.kind) {
    case 'none':
      return '';
    case 'computing':
      return `Epoch ${epoch} looks at ${grouped(count)} ${images}: ${grouped(predictions.done)} done`;
    case 'failed':
      return predictions.message;
    case 'ready': {
      const share = ((100 * predictions.correct) / Math.max(1, count)).toFixed(1);
      return `Epoch ${epoch} gets ${grouped(predictions.correct)} of ${grouped(count)} ${images} right (${share} %); the others have a red corner.`;
    }
  }
}
