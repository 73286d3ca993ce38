/** A run in one checked file, and back. */
export { packRun, type Packed } from './pack';
export { unpackRun, type Unpacked } from './unpack';
export { PACK_SUFFIX } from './format';
