'use strict';
// Words that the program itself gives to an error stay as they are.
const texts = ['Malformed URI', 'No initial value', 'object is not iterable', "Cannot read property 'x' of undefined", "Object has no member 'x'", 'Not a function: x', 'Value is not an object: 5', "Cannot assign to read only property 'x'", 'Value is not object coercible', 'Cannot convert 5 to a BigInt', 'Converting circular structure to JSON', 'SyntaxError: x', 'Unexpected token ILLEGAL', 'Invalid regular expression (re2): x', '', 'x is not a function', 'Receiver is not an object: 5', 'Promise self-resolution', 'prototype is not an object', 'Could not convert &{1 2} to primitive', 'length is not writable'];
class Own extends TypeError {}
class Sub extends RangeError { constructor(m) { super(m); this.name = 'Sub'; } }
class Syn extends SyntaxError { constructor(...m) { super(...m); } }
const make = {
  new: (m) => new TypeError(m), range: (m) => new RangeError(m), syntax: (m) => new SyntaxError(m), reference: (m) => new ReferenceError(m),
  call: (m) => TypeError(m), callSyntax: (m) => SyntaxError(m), own: (m) => new Own(m), sub: (m) => new Sub(m), syn: (m) => new Syn(m),
  reflect: (m) => Reflect.construct(RangeError, [m]), apply: (m) => TypeError.apply(null, [m]), bound: (m) => new (TypeError.bind(null, m))(),
  spread: (m) => new TypeError(...[m]), aggregate: (m) => new AggregateError([], m), uri: (m) => new URIError(m), eval: (m) => new EvalError(m),
};

exports.main = async () => Object.fromEntries(Object.entries(make).map(([k, f]) => [k, texts.map((t) => { try { throw f(t); } catch (e) { return `${e.name}: ${e.message}`; } })]));
