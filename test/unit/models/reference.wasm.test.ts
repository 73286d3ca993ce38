import { startWasm } from '../../../src/engine/backend/wasm/start';
import { describeReference } from './reference.suite';

describeReference(startWasm, () => true);
