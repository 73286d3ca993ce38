import type { ArchitectureName } from '../architectures';

/** Of a model that names none. Apart from the schemas, which take long to load. */
export const DEFAULT_ARCHITECTURE: ArchitectureName = 'resnet20';
