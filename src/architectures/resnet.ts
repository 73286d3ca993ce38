import type { Layers } from './layers';

const STAGE_CHANNELS = [64, 128, 256, 512];

/** timm's `resnet18`: a 7×7 stem at stride 2 and max-pooling, for images of ImageNet's size. */
export function resnet18<X>(layers: Layers<X>, images: X, classes: number): X {
  const x = stem(layers, images, 7, 2);
  return body(layers, layers.maxPool(x, { kernel: 3, stride: 2, padding: 1 }), classes);
}

/** The same with a 3×3 stem at stride 1 and no max-pooling, so that a 32×32 image ends as a 4×4 map. */
export function resnet18Cifar<X>(layers: Layers<X>, images: X, classes: number): X {
  return body(layers, stem(layers, images, 3, 1), classes);
}

function stem<X>(layers: Layers<X>, images: X, kernel: number, stride: number): X {
  const x = layers.conv2d('conv1', images, { filters: 64, kernel, stride });
  return layers.targetLayer('act1', layers.relu(layers.batchNorm('bn1', x)));
}

function body<X>(layers: Layers<X>, input: X, classes: number): X {
  let x = input;
  let channels = 64;
  STAGE_CHANNELS.forEach((filters, index) => {
    for (let block = 0; block < 2; block++) {
      const name = `layer${index + 1}.${block}`;
      const stride = index > 0 && block === 0 ? 2 : 1;
      x = layers.targetLayer(name, basicBlock(layers, name, x, channels, filters, stride));
      channels = filters;
    }
  });
  return layers.classify('fc', x, classes);
}

/** He et al. 2015: two 3×3 convolutions; a 1×1 convolution on the shortcut where the shape changes (option B). */
function basicBlock<X>(layers: Layers<X>, name: string, x: X, channels: number, filters: number, stride: number): X {
  let y = layers.conv2d(`${name}.conv1`, x, { filters, kernel: 3, stride });
  y = layers.relu(layers.batchNorm(`${name}.bn1`, y));
  y = layers.conv2d(`${name}.conv2`, y, { filters, kernel: 3 });
  y = layers.batchNorm(`${name}.bn2`, y);
  if (stride === 1 && channels === filters) return layers.relu(layers.add(y, x));
  const shortcut = layers.conv2d(`${name}.downsample.0`, x, { filters, kernel: 1, stride });
  return layers.relu(layers.add(y, layers.batchNorm(`${name}.downsample.1`, shortcut)));
}
