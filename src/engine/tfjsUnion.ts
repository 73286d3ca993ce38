/**
 * What the bundle takes instead of the package `@tensorflow/tfjs`, which tfjs-node imports: the core, its gradients and
 * the chained forms that a few of tfjs-node's kernels use, without layers, converters and backends for browsers.
 */
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';

export * from '@tensorflow/tfjs-core';
