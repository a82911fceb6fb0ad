'use strict';
// FormData.

const { brand, need, notConvertible, usvString, expose, iterable } = require('internal/fetch/idl');
const { isBlobLike } = require('internal/fetch/body');
const { File, isBlob } = require('internal/web/blob');
const inspect = Symbol.for('nodejs.util.inspect.custom');
const inside = Symbol('inside');

function named(form, args, name, where) {
  brand(form, FormData);
  need(args, 1, where);
  return usvString(name);
}

class FormData {
  #entries = []; // [name, value]

  constructor(form = undefined) {
    if (form !== undefined) throw notConvertible('FormData constructor', 'Argument 1', ['undefined']);
  }

  append(name, value, filename = undefined) {
    brand(this, FormData);
    this.#entries.push(entry('append', arguments, name, value, filename));
  }

  delete(name) {
    name = named(this, arguments, name, 'FormData.delete');
    this.#entries = this.#entries.filter((e) => e[0] !== name);
  }

  get(name) {
    name = named(this, arguments, name, 'FormData.get');
    const found = this.#entries.find((e) => e[0] === name);
    return found === undefined ? null : found[1];
  }

  getAll(name) {
    name = named(this, arguments, name, 'FormData.getAll');
    return this.#entries.filter((e) => e[0] === name).map((e) => e[1]);
  }

  has(name) {
    name = named(this, arguments, name, 'FormData.has');
    return this.#entries.some((e) => e[0] === name);
  }

  set(name, value, filename = undefined) {
    brand(this, FormData);
    const made = entry('set', arguments, name, value, filename);
    const at = this.#entries.findIndex((e) => e[0] === made[0]);
    if (at < 0) this.#entries.push(made);
    else this.#entries = this.#entries.filter((e, i) => i === at || e[0] !== made[0]).map((e) => (e[0] === made[0] ? made : e));
  }

  [inspect](depth, options) {
    const shown = Object.create(null);
    for (const [name, value] of this.#entries) {
      if (!(name in shown)) shown[name] = value;
      else if (Array.isArray(shown[name])) shown[name].push(value);
      else shown[name] = [shown[name], value];
    }
    if (options.depth === undefined || options.depth === null) options.depth = depth;
    const text = require('util').formatWithOptions(options, shown);
    return `FormData ${text.slice(text.indexOf(']') + 2)}`;
  }

  static [inside](form) {
    return form.#entries;
  }
}

const entriesOf = FormData[inside];
delete FormData[inside];

function entry(method, args, name, value, filename) {
  need(args, 2, `FormData.${method}`);
  const named = args.length === 3;
  if (named && !isBlobLike(value)) throw new TypeError(`Failed to execute '${method}' on 'FormData': parameter 2 is not of type 'Blob'`);
  name = usvString(name);
  if (!isBlobLike(value)) return [name, usvString(value)];
  return [name, fileOf(value, named ? usvString(filename) : undefined)];
}

const isFileLike = (value) => value[Symbol.toStringTag] === 'File';

function fileOf(value, filename) {
  if (!isFileLike(value)) value = isBlob(value) ? new File([value], 'blob', { type: value.type }) : new FileLike(value, 'blob', { type: value.type });
  if (filename === undefined) return value;
  const options = { type: value.type, lastModified: value.lastModified };
  return value instanceof File ? new File([value], filename, options) : new FileLike(value, filename, options);
}

// A FileLike names what only looks like a Blob.
class FileLike {
  #blob;
  #facts;

  constructor(blob, name, { type, lastModified = Date.now() }) {
    this.#blob = blob;
    this.#facts = { name, type, lastModified };
  }

  stream(...args) {
    return this.#blob.stream(...args);
  }

  arrayBuffer(...args) {
    return this.#blob.arrayBuffer(...args);
  }

  slice(...args) {
    return this.#blob.slice(...args);
  }

  text(...args) {
    return this.#blob.text(...args);
  }

  get size() {
    return this.#blob.size;
  }

  get type() {
    return this.#blob.type;
  }

  get name() {
    return this.#facts.name;
  }

  get lastModified() {
    return this.#facts.lastModified;
  }

  get [Symbol.toStringTag]() {
    return 'File';
  }
}

expose(FormData, ['append', 'delete', 'get', 'getAll', 'has', 'set']);
iterable(FormData, entriesOf);

exports.FormData = FormData;
