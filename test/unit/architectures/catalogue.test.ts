/** What every architecture says of itself beside its layers, held against these. */
import { describe, expect, it } from 'vitest';
import { ARCHITECTURE_NAMES, architecture, architectureCalled, declareArchitecture } from '../../../src/architectures';

/** timm's and torchvision's, with 10 classes. */
const PARAMETERS = {
  resnet34: 21_289_802,
  resnet50: 23_528_522,
  resnet152: 58_164_298,
  resnext50_32x4d: 23_000_394,
  resnext101_64x4d: 81_426_762,
  wide_resnet101_2: 124_858_186,
  vgg11: 128_807_306,
  vgg19_bn: 139_622_218,
  densenet121: 6_964_106,
  densenet161: 26_494_090,
  densenet201: 18_112_138,
  mobilenetv2_100: 2_236_682,
  mobilenetv3_large_100: 4_214_842,
  mobilenet_v3_small: 1_528_106,
  efficientnet_b1: 6_525_994,
  efficientnet_b3: 10_711_602,
  tf_efficientnet_b4: 17_566_546,
  regnetx_004: 4_776_362,
  regnetx_004_tv: 5_098_986,
  regnety_016: 10_322_320,
  regnety_320: 141_370_900,
  convnext_tiny: 27_827_818,
  convnext_large: 196_245_706,
} as const;

describe('an architecture', () => {
  it.each(ARCHITECTURE_NAMES)('%s has as many tensors as it says, and its landmarks under each naming', (name) => {
    const { tensorCount, landmarks, namings, inputSize } = architecture(name);
    const { tensors } = declareArchitecture(name, inputSize, 10);
    expect(tensors.filter(({ role }) => role !== 'batchCount')).toHaveLength(tensorCount);
    for (const rename of [(tensor: string) => tensor, ...namings.map((naming) => naming.rename)]) {
      const names = new Set(tensors.map((tensor) => rename(tensor.name)));
      expect(names.size).toBe(tensors.length);
      expect(landmarks.filter((landmark) => names.has(landmark)).length).toBeGreaterThanOrEqual(2);
    }
  });

  it.each(Object.entries(PARAMETERS))('%s has the parameters that it has in PyTorch: %i', (name, expected) => {
    const known = name as keyof typeof PARAMETERS;
    const { tensors } = declareArchitecture(known, architecture(known).inputSize, 10);
    const trained = tensors.filter(({ role }) => !['runningMean', 'runningVariance', 'batchCount'].includes(role));
    expect(trained.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0)).toBe(expected);
  });

  it('is called by its own name before another is by an alias', () => {
    expect(architectureCalled('vgg16_bn')).toBe('vgg16_bn');
    expect(architectureCalled('cifar10_vgg16_bn')).toBe('vgg16_bn_cifar');
    expect(architectureCalled('mobilenet_v2')).toBe('mobilenetv2_100');
    expect(architectureCalled('regnet_y_400mf')).toBe('regnety_004');
  });
});
