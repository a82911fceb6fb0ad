'use strict';
// The util/types module: what values are inside, whatever they look like.

const tagOf = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;

// kind makes a check by the engine's own kinds.
function kind(...kinds) {
  return (value) => kinds.includes(native.kindOf(value));
}

function typed(name) {
  return (value) => tagOf.call(value) === name;
}

const isPrimitiveBox = kind('number', 'string', 'boolean', 'bigint', 'symbol');
const async = (value) => typeof value === 'function' && native.kindOf(value).startsWith('async');

const checks = {
  isExternal: () => false,
  isDate: kind('date'),
  isArgumentsObject: (value) => value !== null && typeof value === 'object' && !(Symbol.toStringTag in value) &&
    Object.prototype.toString.call(value) === '[object Arguments]',
  isBigIntObject: kind('bigint'),
  isBooleanObject: kind('boolean'),
  isNumberObject: kind('number'),
  isStringObject: kind('string'),
  isSymbolObject: kind('symbol'),
  isNativeError: kind('error'),
  isRegExp: kind('regexp'),
  isAsyncFunction: async,
  isGeneratorFunction: (value) => typeof value === 'function' && native.kindOf(value).startsWith('generator'),
  isGeneratorObject: kind('generator'),
  isPromise: kind('promise'),
  isMap: kind('map'),
  isSet: kind('set'),
  isMapIterator: kind('mapIter'),
  isSetIterator: kind('setIter'),
  isWeakMap: kind('weakMap'),
  isWeakSet: kind('weakSet'),
  isArrayBuffer: kind('arrayBuffer'),
  isDataView: kind('dataView'),
  isSharedArrayBuffer: (value) => typeof SharedArrayBuffer === 'function' && value instanceof SharedArrayBuffer,
  isProxy: kind('proxy'),
  isModuleNamespaceObject: () => false,
  isAnyArrayBuffer: (value) => native.kindOf(value) === 'arrayBuffer' || checks.isSharedArrayBuffer(value),
  isBoxedPrimitive: isPrimitiveBox,
  isArrayBufferView: (value) => ArrayBuffer.isView(value),
  isTypedArray: (value) => tagOf.call(value) !== undefined,
};
for (const name of ['Uint8', 'Uint8Clamped', 'Uint16', 'Uint32', 'Int8', 'Int16', 'Int32', 'Float32', 'Float64', 'BigInt64', 'BigUint64']) {
  checks[`is${name}Array`] = typed(`${name}Array`);
}
checks.isKeyObject = (value) => value !== null && typeof value === 'object' && value instanceof require('crypto').KeyObject;
checks.isCryptoKey = (value) => value !== null && typeof value === 'object' && typeof CryptoKey === 'function' && value instanceof CryptoKey;

for (const name of Object.keys(checks)) {
  Object.defineProperty(checks[name], 'name', { value: name, configurable: true });
  exports[name] = checks[name];
}
