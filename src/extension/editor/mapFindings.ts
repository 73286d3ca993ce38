/** Finds feature maps that are too small for a useful heatmap. */
import * as vscode from 'vscode';
import {
  architecture,
  isFileNetwork,
  isProblem,
  declareArchitecture,
  resolveLayer,
  type ArchitectureName,
  type Declaration,
  type TargetLayer,
} from '../../architectures';
import { classCountOf } from '../../datasets';
import type { Study } from '../../study';
import type { Fix, Located } from './finding';

/** A map with fewer cells a side shows at best which quarter of the image matters. */
const SMALLEST_USEFUL = 4;
const LARGEST_INPUT = 512;
/** In every architecture the map grows by one cell with this many pixels of input. */
const INPUT_STEP = 32;

/** @param declared the study's network */
export function mapFindings(study: Study, declared: Declaration): Located[] {
  const { architecture: name, inputSize } = study.model;
  const { layer } = study.explain;
  const { targetLayers } = declared;
  const targetLayer = resolveLayer(declared, layer);
  if (isProblem(targetLayer) || targetLayer.height > 2) return [];
  const isBlank = targetLayer.height === 1;
  const message = layer === 'auto' ? networkText(name, inputSize, isBlank) : layerText(layer, inputSize, isBlank);
  const path = layer === 'auto' ? ['model', 'inputSize'] : ['explain', 'layer'];
  const fixes = [...sizeFixes(study), ...stemFix(study), ...layerFix(targetLayers)];
  return [{ code: 'smallMap', severity: 'warning', path, message, fixes }];
}

function networkText(name: string, inputSize: number, isBlank: boolean): string {
  return isBlank
    ? vscode.l10n.t(
        '{0} at input size {1} leaves a 1×1 map, so every heatmap would be blank: one cell, the same everywhere.',
        name,
        inputSize,
      )
    : vscode.l10n.t(
        '{0} at input size {1} leaves a 2×2 map, so heatmaps would be crude: four cells for the whole image.',
        name,
        inputSize,
      );
}

function layerText(layer: string, inputSize: number, isBlank: boolean): string {
  return isBlank
    ? vscode.l10n.t(
        'The layer {0} at input size {1} leaves a 1×1 map, so every heatmap would be blank: one cell, the same everywhere.',
        layer,
        inputSize,
      )
    : vscode.l10n.t(
        'The layer {0} at input size {1} leaves a 2×2 map, so heatmaps would be crude: four cells for the whole image.',
        layer,
        inputSize,
      );
}

function layersOf({ dataset }: Study, architecture: ArchitectureName, inputSize: number): Declaration {
  return declareArchitecture(architecture, inputSize, classCountOf(dataset));
}

/** The smallest input size with a useful map, and the one that the architecture was made for. */
function sizeFixes(study: Study): Fix[] {
  const { model, explain } = study;
  const { architecture: name } = model;
  // An ONNX file is mostly of one size.
  if (isFileNetwork(name)) return [];
  const mapAt = (size: number): number => {
    const targetLayer = resolveLayer(layersOf(study, name, size), explain.layer);
    return isProblem(targetLayer) ? 0 : targetLayer.height;
  };
  const sizes = Array.from({ length: LARGEST_INPUT / INPUT_STEP }, (_, index) => (index + 1) * INPUT_STEP);
  const { largestInputSize = LARGEST_INPUT } = architecture(name);
  const chosen = [sizes.find((size) => mapAt(size) >= SMALLEST_USEFUL), 224].filter(
    (size) => size !== undefined && size > model.inputSize && size <= largestInputSize && mapAt(size) > 2,
  );
  return [...new Set(chosen)].map((size) => sizeFix(size as number, mapAt(size as number), model.inputSize));
}

function sizeFix(size: number, map: number, before: number): Fix {
  const work = ((size / before) ** 2).toFixed(0);
  const title = vscode.l10n.t('Set inputSize to {0}: a {1}×{1} map, for about {2} times the work', size, map, work);
  return { title, changes: [{ path: ['model', 'inputSize'], value: size }] };
}

/** Offers the stem that does not shrink small images. It has no ImageNet weights. */
function stemFix(study: Study): Fix[] {
  const { model, explain } = study;
  if (model.weights !== 'random' || model.architecture === 'resnet18_cifar' || explain.layer !== 'auto') return [];
  const map = layersOf(study, 'resnet18_cifar', model.inputSize).defaultLayer.height;
  const title = vscode.l10n.t('Use resnet18_cifar, whose stem keeps small images large: a {0}×{0} map', map);
  return [{ title, changes: [{ path: ['model', 'architecture'], value: 'resnet18_cifar' }] }];
}

/** Offers the last layer that has a useful map, or the one with the largest map. */
function layerFix(targetLayers: readonly TargetLayer[]): Fix[] {
  const largest = Math.max(...targetLayers.map(({ height }) => height));
  const targetLayer = targetLayers.findLast(({ height }) => height >= Math.min(SMALLEST_USEFUL, largest));
  if (targetLayer === undefined || targetLayer.height <= 2) return [];
  const { name, height, width } = targetLayer;
  const title = vscode.l10n.t('Look at the earlier layer {0}: a {1}×{2} map', name, height, width);
  return [{ title, changes: [{ path: ['explain', 'layer'], value: name }] }];
}
