import { startWasm } from '../../../src/engine/wasm/start';
import { describeReference } from './reference.suite';

describeReference(startWasm, () => true);
