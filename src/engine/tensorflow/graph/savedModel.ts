/**
 * Writes a graph as TensorFlow reads it: a SavedModel, which is a folder with one file. Fields have the numbers of
 * TensorFlow's graph.proto, node_def.proto, attr_value.proto, tensor.proto, meta_graph.proto and saved_model.proto.
 */
import { FLOAT, SHAPE, STRING, type Attribute, type AttributeValue, type Graph, type Node, type Output } from './graph';
import { bytes, concatenate, float, integer, message, type Bytes } from './protobuf';

/** The file's name within the folder. */
export const SAVED_MODEL_FILE = 'saved_model.pb';
/** By which the graph is found in its file. */
export const SAVED_MODEL_TAG = 'serve';

/** Of the graph format: old enough for any TensorFlow that tfjs-node loads. */
const GRAPH_PRODUCER = 1087;

export function writeSavedModel({ nodes }: Pick<Graph, 'nodes'>): Bytes {
  const graph = [...nodes.map((node) => message(1, ...nodeDefinition(node))), message(4, integer(1, GRAPH_PRODUCER))];
  const metaInformation = message(1, bytes(4, SAVED_MODEL_TAG));
  return message(2, metaInformation, message(2, ...graph));
}

/** As the addon names it when it feeds and fetches, and as nodes name their inputs. */
export function outputName({ node, index }: Output): string {
  return `${node}:${index}`;
}

function nodeDefinition(node: Node): Bytes[] {
  switch (node.kind) {
    case 'placeholder':
      return definition(
        node.name,
        'Placeholder',
        [],
        [attribute('dtype', integer(6, node.type)), attribute('shape', bytes(7, shapeMessage(node.shape)))],
      );
    case 'constant': {
      const tensor = [integer(1, node.type), bytes(2, shapeMessage(node.shape)), bytes(4, node.content)];
      return definition(
        node.name,
        'Const',
        [],
        [attribute('dtype', integer(6, node.type)), attribute('value', message(8, ...tensor))],
      );
    }
    case 'operation': {
      const inputs = [...node.inputs.map(outputName), ...(node.after ?? []).map((name) => `^${name}`)];
      return definition(node.name, node.op, inputs, node.attributes.map(operationAttribute));
    }
  }
}

function definition(name: string, op: string, inputs: readonly string[], attributes: readonly Bytes[]): Bytes[] {
  return [bytes(1, name), bytes(2, op), ...inputs.map((input) => bytes(3, input)), ...attributes];
}

/** An entry of the map of attributes. */
function attribute(name: string, value: Bytes): Bytes {
  return message(5, bytes(1, name), bytes(2, value));
}

function operationAttribute({ name, type, value }: Attribute): Bytes {
  return attribute(
    name,
    Array.isArray(value) && type !== SHAPE
      ? listValue(type, value as readonly AttributeValue[])
      : singleValue(type, value),
  );
}

/** TF_AttrType, as the addon's constants have it, → the field of AttrValue. In AttrValue.ListValue they are the same. */
const FIELD_OF_TYPE = [2, 3, 4, 5, 6, 7];

function singleValue(type: number, value: Attribute['value']): Bytes {
  const field = FIELD_OF_TYPE[type];
  if (field === undefined) throw new Error(`an attribute of type ${type}`);
  if (type === STRING) return bytes(field, value as string);
  if (type === FLOAT) return float(field, value as number);
  if (type === SHAPE) return bytes(field, shapeMessage(value as readonly number[]));
  return integer(field, value as number | boolean);
}

function listValue(type: number, values: readonly AttributeValue[]): Bytes {
  return message(1, ...values.map((value) => singleValue(type, value)));
}

function shapeMessage(shape: readonly number[]): Bytes {
  return concatenate(shape.map((size) => message(2, integer(1, size))));
}
