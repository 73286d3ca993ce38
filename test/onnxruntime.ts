/** Tests with onnxruntime-node, which are skipped where it is not installed: `epochlens setup onnxruntime`. */
import { it } from 'vitest';
import { findOnnxruntime } from '../src/setup/onnxruntime/location';

const found = findOnnxruntime() !== undefined;

export const itOnnxruntime: ReturnType<typeof it.skipIf> = it.skipIf(!found);
export const withOnnxruntime = (name: string): string => (found ? name : `${name} (skipped without onnxruntime-node)`);
