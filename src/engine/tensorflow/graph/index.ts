/**
 * A function of tensors that TensorFlow.js's native backend computes operation by operation, made one TensorFlow graph.
 *
 *     const { graph, result } = record(backend, [x, y], () => compute(x, y));
 *     const session = openSession(backend, graph);
 *     const [z] = session.run([x, y]);
 *
 * In a graph TensorFlow runs independent operations side by side, fuses and simplifies them, gives memory back as soon as
 * nobody needs it, and no time goes into JavaScript. `record.ts` listens to the function, `savedModel.ts` writes what it
 * heard in TensorFlow's own format, `session.ts` has it run. Several functions that share a state, such as the weights of
 * a model in training, can be graphs of one session, which has the state in its variables: `variables.ts` puts these in,
 * `statefulSession.ts` has them run. Nothing here knows what is computed.
 */
export { record, type Recording } from './record';
export { openSession, type GraphSession } from './session';
export { openStatefulSession, type StatefulSession } from './statefulSession';
export type { StatefulGraph } from './variables';
export type { Graph } from './graph';
export { nativeBackend, type NativeBackend } from './backend';
export { foldBatchNorm } from './foldBatchNorm';
export { convolveSmallMaps } from './smallMaps';
export { forAnyBatch } from './batch';
