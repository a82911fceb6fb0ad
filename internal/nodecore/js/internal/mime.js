'use strict';
// util.MIMEType and MIMEParams.

const { codeError } = require('internal/errors');

const NOT_TOKEN = /[^!#$%&'*+\-.^_`|~A-Za-z0-9]/;
const NOT_TEXT = /[^\t\u0020-~\u0080-\u00FF]/;

function invalid(what, text, at) {
  return codeError(TypeError, 'ERR_INVALID_MIME_SYNTAX', `The MIME syntax for a ${what} in "${text}" is invalid${at === -1 ? '' : ` at ${at}`}`);
}

function encode(value) {
  if (value.length > 0 && !NOT_TOKEN.test(value)) return value;
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}

class MIMEParams {
  #data = new Map();

  delete(name) {
    this.#data.delete(name);
  }

  get(name) {
    return this.#data.has(name) ? this.#data.get(name) : null;
  }

  has(name) {
    return this.#data.has(name);
  }

  set(name, value) {
    name = `${name}`;
    value = `${value}`;
    const badName = name.search(NOT_TOKEN);
    if (name.length === 0 || badName !== -1) throw invalid('parameter name', name, badName);
    const badValue = value.search(NOT_TEXT);
    if (badValue !== -1) throw invalid('parameter value', value, badValue);
    this.#data.set(name, value);
  }

  entries() {
    return this.#data.entries();
  }

  keys() {
    return this.#data.keys();
  }

  values() {
    return this.#data.values();
  }

  [Symbol.iterator]() {
    return this.#data.entries();
  }

  toString() {
    return [...this.#data].map(([name, value]) => `${name}=${encode(value)}`).join(';');
  }

  toJSON() {
    return this.toString();
  }
}

class MIMEType {
  #type;
  #subtype;
  #params = new MIMEParams();

  constructor(input) {
    const text = `${input}`;
    const match = /^[\t\n\f\r ]*([^/;]*)(\/?)([^;]*)/.exec(text);
    const type = match[1].toLowerCase();
    if (match[2] === '' || type === '' || NOT_TOKEN.test(type)) throw invalid('type', text, text.search(/[^!#$%&'*+\-.^_`|~A-Za-z0-9\t\n\f\r ]/));
    const subtype = match[3].replace(/[\t\n\f\r ]+$/, '').toLowerCase();
    if (subtype === '' || NOT_TOKEN.test(subtype)) throw invalid('subtype', text, text.indexOf('/') + 1);
    this.#type = type;
    this.#subtype = subtype;
    const pattern = /[\t\n\f\r ]*([^=;]*)(?:=(?:"((?:[^"\\]|\\.)*)"?[^;]*|([^;]*)))?;?/gy;
    let rest = text.slice(match[0].length + 1);
    while (rest.length > 0) {
      pattern.lastIndex = 0;
      const part = pattern.exec(rest);
      if (part === null || part[0].length === 0) break;
      rest = rest.slice(part[0].length);
      const name = part[1].toLowerCase();
      const value = part[2] !== undefined ? part[2].replace(/\\(.)/g, '$1') : (part[3] || '').replace(/[\t\n\f\r ]+$/, '');
      if (part[2] === undefined && value === '') continue;
      if (name === '' || NOT_TOKEN.test(name) || NOT_TEXT.test(value) || this.#params.has(name)) continue;
      this.#params.set(name, value);
    }
  }

  get type() {
    return this.#type;
  }

  set type(value) {
    value = `${value}`;
    if (value.length === 0 || NOT_TOKEN.test(value)) throw invalid('type', value, value.search(NOT_TOKEN));
    this.#type = value.toLowerCase();
  }

  get subtype() {
    return this.#subtype;
  }

  set subtype(value) {
    value = `${value}`;
    if (value.length === 0 || NOT_TOKEN.test(value)) throw invalid('subtype', value, value.search(NOT_TOKEN));
    this.#subtype = value.toLowerCase();
  }

  get essence() {
    return `${this.#type}/${this.#subtype}`;
  }

  get params() {
    return this.#params;
  }

  toString() {
    const params = this.#params.toString();
    return params.length > 0 ? `${this.essence};${params}` : this.essence;
  }

  toJSON() {
    return this.toString();
  }
}

exports.MIMEType = MIMEType;
exports.MIMEParams = MIMEParams;
