import type { Layers } from './layers';

/** One stage of EfficientNet-B0 (Tan and Le 2019, table 1): inverted residuals with squeeze-and-excitation. */
interface Stage {
  readonly repeats: number;
  readonly kernel: number;
  readonly stride: number;
  readonly expansion: number;
  readonly channels: number;
}

const B0_STAGES: readonly Stage[] = [
  { repeats: 1, kernel: 3, stride: 1, expansion: 1, channels: 16 },
  { repeats: 2, kernel: 3, stride: 2, expansion: 6, channels: 24 },
  { repeats: 2, kernel: 5, stride: 2, expansion: 6, channels: 40 },
  { repeats: 3, kernel: 3, stride: 2, expansion: 6, channels: 80 },
  { repeats: 3, kernel: 5, stride: 1, expansion: 6, channels: 112 },
  { repeats: 4, kernel: 5, stride: 2, expansion: 6, channels: 192 },
  { repeats: 1, kernel: 3, stride: 1, expansion: 6, channels: 320 },
];

/** timm's `efficientnet_b0`, with its parameter names. Drop rates are zero, as timm creates it. */
export function efficientnetB0<X>(layers: Layers<X>, images: X, classes: number): X {
  let x = layers.conv2d('conv_stem', images, { filters: 32, kernel: 3, stride: 2 });
  x = layers.targetLayer('bn1', layers.silu(layers.batchNorm('bn1', x)));
  let channels = 32;
  B0_STAGES.forEach((targetLayer, index) => {
    for (let repeat = 0; repeat < targetLayer.repeats; repeat++) {
      const name = `blocks.${index}.${repeat}`;
      const stride = repeat === 0 ? targetLayer.stride : 1;
      const block = targetLayer.expansion === 1 ? depthwiseSeparable : invertedResidual;
      x = layers.targetLayer(name, block(layers, name, x, channels, { ...targetLayer, stride }));
      channels = targetLayer.channels;
    }
  });
  x = layers.conv2d('conv_head', x, { filters: 1280, kernel: 1 });
  x = layers.targetLayer('bn2', layers.silu(layers.batchNorm('bn2', x)));
  return layers.classify('classifier', x, classes);
}

/** Without an expansion: depthwise, squeeze-and-excitation, pointwise. B0 has no residual here (32 → 16 channels). */
function depthwiseSeparable<X>(layers: Layers<X>, name: string, input: X, channels: number, targetLayer: Stage): X {
  let x = layers.depthwiseConv2d(`${name}.conv_dw`, input, targetLayer);
  x = layers.silu(layers.batchNorm(`${name}.bn1`, x));
  x = squeezeExcite(layers, `${name}.se`, x, channels, channels);
  x = layers.conv2d(`${name}.conv_pw`, x, { filters: targetLayer.channels, kernel: 1 });
  return layers.batchNorm(`${name}.bn2`, x);
}

/** Expand, depthwise, squeeze-and-excitation, project; a residual where the shape stays. */
function invertedResidual<X>(layers: Layers<X>, name: string, input: X, channels: number, targetLayer: Stage): X {
  const expanded = channels * targetLayer.expansion;
  let x = layers.conv2d(`${name}.conv_pw`, input, { filters: expanded, kernel: 1 });
  x = layers.silu(layers.batchNorm(`${name}.bn1`, x));
  x = layers.depthwiseConv2d(`${name}.conv_dw`, x, targetLayer);
  x = layers.silu(layers.batchNorm(`${name}.bn2`, x));
  x = squeezeExcite(layers, `${name}.se`, x, expanded, channels);
  x = layers.conv2d(`${name}.conv_pwl`, x, { filters: targetLayer.channels, kernel: 1 });
  x = layers.batchNorm(`${name}.bn3`, x);
  return targetLayer.stride === 1 && channels === targetLayer.channels ? layers.add(x, input) : x;
}

/** The bottleneck is a quarter of the *block's* input channels, not of the expanded ones. */
function squeezeExcite<X>(layers: Layers<X>, name: string, x: X, channels: number, blockChannels: number): X {
  let s = layers.spatialMean(x);
  s = layers.conv2d(`${name}.conv_reduce`, s, { filters: Math.floor(blockChannels / 4), kernel: 1, bias: true });
  s = layers.conv2d(`${name}.conv_expand`, layers.silu(s), { filters: channels, kernel: 1, bias: true });
  return layers.scaleChannels(x, layers.sigmoid(s));
}
