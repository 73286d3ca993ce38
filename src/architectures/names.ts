/** The architectures that are known here, by timm's names where it has them. */
export const ARCHITECTURE_NAMES = [
  'efficientnet_b0',
  'resnet18',
  'resnet18_cifar',
  'resnet20',
  'resnet32',
  'resnet44',
  'resnet56',
] as const;
export type ArchitectureName = (typeof ARCHITECTURE_NAMES)[number];
