import { startWasm } from '../../../src/engine/wasm/start';
import { describeOnnxruntime } from './onnxruntime.suite';

describeOnnxruntime(startWasm);
