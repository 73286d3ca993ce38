/** Whose names the tensors of an exported file have. */
export const EXPORT_NAMES = ['timm', 'torchvision'] as const;
export type ExportNames = (typeof EXPORT_NAMES)[number];
