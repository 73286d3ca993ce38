/**
 * An interpreter of pickles (Python's Lib/pickletools.py) that makes plain values and knows few functions, all of them
 * ours. Python's own runs whatever a pickle names; here what a name that is not known would make is an opaque value, and
 * nothing is called. Every instruction makes at most one value, so that memory and time are bounded by the instructions' number.
 */
import { INSTRUCTIONS } from './instructions';
import { Machine, type Names } from './machine';
import type { ByteReader } from './reader';
import type { Value } from './values';

const MOST_INSTRUCTIONS = 1_000_000;
const STOP = 0x2e;
/** Instructions that make objects of classes, or take what lies outside the file. */
const REFUSED: Readonly<Record<number, string>> = {
  0x69: 'the instruction INST, which makes an object of a class',
  0x6f: 'the instruction OBJ, which makes an object of a class',
  0x82: 'the instruction EXT1, which names a function by a number',
  0x83: 'the instruction EXT2, which names a function by a number',
  0x84: 'the instruction EXT4, which names a function by a number',
  0x97: 'the instruction NEXT_BUFFER, whose bytes lie elsewhere',
};

/** Interprets one pickle, from the reader's position to behind its end. @throws InputError */
export function interpretPickle(reader: ByteReader, names: Names): Value {
  const machine = new Machine(reader, names);
  for (let count = 0; count < MOST_INSTRUCTIONS; count++) {
    const code = reader.u8();
    if (code === STOP) return machine.pop();
    const instruction = INSTRUCTIONS[code];
    if (instruction === undefined) throw unknown(code, reader);
    instruction(machine, reader);
  }
  throw reader.fail('a pickle of more instructions than any model has', `more than ${MOST_INSTRUCTIONS}`);
}

function unknown(code: number, reader: ByteReader) {
  const name = REFUSED[code];
  return name === undefined
    ? reader.fail('not a pickle', `the instruction 0x${code.toString(16).padStart(2, '0')}`)
    : reader.fail('not a pickle of tensors', name, 'tensors and plain containers');
}
