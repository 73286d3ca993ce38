import { startWasm } from '../../../src/engine/wasm/start';
import { describeReference } from './reference.suite';

// A ResNet-18 without its strided beginning takes a quarter of a minute, and trains by the kernels of the others.
describeReference(startWasm, (architecture) => architecture !== 'resnet18_cifar');
