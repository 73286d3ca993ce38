import type { Build, Layers } from './layers';

const STAGE_CHANNELS = [16, 32, 64];

/** The CIFAR ResNets of He et al. 2015, section 4.2: depth 6·n + 2, parameter-free shortcuts. A 32×32 image ends as 8×8. */
export function cifarResnet(depth: 20 | 32 | 44 | 56): Build {
  const blocks = (depth - 2) / 6;
  return (layers, images, classes) => build(layers, images, classes, blocks);
}

function build<X>(layers: Layers<X>, images: X, classes: number, blocks: number): X {
  let x = layers.conv2d('conv1', images, { filters: 16, kernel: 3 });
  x = layers.targetLayer('act1', layers.relu(layers.batchNorm('bn1', x)));
  let channels = 16;
  STAGE_CHANNELS.forEach((filters, index) => {
    for (let block = 0; block < blocks; block++) {
      const name = `layer${index + 1}.${block}`;
      const stride = index > 0 && block === 0 ? 2 : 1;
      x = layers.targetLayer(name, basicBlock(layers, name, x, channels, filters, stride));
      channels = filters;
    }
  });
  return layers.classify('linear', x, classes);
}

function basicBlock<X>(layers: Layers<X>, name: string, x: X, channels: number, filters: number, stride: number): X {
  let y = layers.conv2d(`${name}.conv1`, x, { filters, kernel: 3, stride });
  y = layers.relu(layers.batchNorm(`${name}.bn1`, y));
  y = layers.conv2d(`${name}.conv2`, y, { filters, kernel: 3 });
  y = layers.batchNorm(`${name}.bn2`, y);
  const shortcut = channels === filters ? x : layers.subsampleAndPadChannels(x, filters);
  return layers.relu(layers.add(y, shortcut));
}
