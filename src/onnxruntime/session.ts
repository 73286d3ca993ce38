/** A network's own file, run by onnxruntime on the CPU. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { InputError, messageOf, WorkError } from '../common/errors';
import { findOnnxruntime, INSTALL_ONNXRUNTIME } from '../setup/onnxruntime/location';

export interface Outputs {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export interface Session {
  /** @param images [n, 3, h, w] or [n, h, w, 3], as the file has its input @returns its outputs, in the file's order */
  run(images: Float32Array, shape: readonly number[]): Outputs[];
}

interface OrtTensor {
  readonly dims: readonly number[];
  readonly type: string;
  readonly data: unknown;
}

interface NativeSession {
  loadModel(path: string, options: object): void;
  run(feeds: object, fetches: object, options: object): Readonly<Record<string, OrtTensor>>;
  readonly inputMetadata: readonly { readonly name: string; readonly type: number }[];
  readonly outputMetadata: readonly { readonly name: string }[];
}

interface Library {
  readonly Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => OrtTensor;
  readonly NativeSession: new () => NativeSession;
}

/** Errors alone. */
const OPTIONS = { executionProviders: ['cpu'], logSeverityLevel: 3 };

/** ONNX's number of the type. */
const FLOAT = 1;

const SESSIONS = new Map<string, Session>();

/** The same for the same file as long as the process lives. @throws InputError, WorkError */
export function sessionOf(file: string): Session {
  const session = SESSIONS.get(file) ?? open(file);
  SESSIONS.set(file, session);
  return session;
}

function open(file: string): Session {
  const { Tensor, NativeSession } = library();
  const native = new NativeSession();
  const told = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      const found = messageOf(error);
      throw new InputError('onnxruntime does not run the ONNX file', { file, found }, { cause: error });
    }
  };
  told(() => native.loadModel(file, OPTIONS));
  const [input] = native.inputMetadata;
  const names = native.outputMetadata.map(({ name }) => name);
  const fetches = Object.fromEntries(names.map((name) => [name, null]));
  if (input?.type !== FLOAT) {
    const expected = 'images of 32-bit floating-point numbers';
    throw new InputError('an ONNX file that takes numbers of another kind', { file, expected });
  }
  return {
    run(images, shape) {
      const feeds = { [input.name]: new Tensor('float32', images, shape) };
      const outputs = told(() => native.run(feeds, fetches, {}));
      return names.flatMap((name) => {
        const { dims, type, data } = outputs[name] as OrtTensor;
        return type === 'float32' ? [{ shape: [...dims], data: data as Float32Array }] : [];
      });
    },
  };
}

let loaded: Library | undefined;

/**
 * What its public interface is made of: that only wraps `run` in a promise, and operations here are computed at once.
 * @throws InputError where it is not installed, WorkError where it is and cannot be used
 */
function library(): Library {
  return (loaded ??= load());
}

function load(): Library {
  const folder = findOnnxruntime();
  if (folder === undefined) {
    throw new InputError('onnxruntime-node is not installed', {
      advice: `Install it: ${INSTALL_ONNXRUNTIME}`,
    });
  }
  try {
    const require = createRequire(join(folder, 'package.json'));
    const { Tensor } = require(folder) as Pick<Library, 'Tensor'>;
    const { binding, initOrt } = require(join(folder, 'dist', 'binding.js')) as {
      binding: { InferenceSession: Library['NativeSession'] };
      initOrt?: () => void;
    };
    initOrt?.();
    return { Tensor, NativeSession: binding.InferenceSession };
  } catch (error) {
    throw new WorkError(
      'onnxruntime-node cannot be loaded',
      { file: folder, found: messageOf(error) },
      { cause: error },
    );
  }
}
