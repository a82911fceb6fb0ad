'use strict';
// multipart/form-data: how a FormData is sent, and read from a body.

const { Buffer } = require('buffer');

const escaped = (text) => text.replace(/\n/g, '%0A').replace(/\r/g, '%0D').replace(/"/g, '%22');
const lines = (text) => text.replace(/\r?\n|\r/g, '\r\n');

// encode gives the parts of the body (bytes, and blobs of other makers), its
// length (null if unknown) and its type.
exports.encode = (form) => {
  const { partsOf } = require('internal/web/blob');
  const digits = `${require('crypto').randomInt(0, 1e11)}`.padStart(11, '0');
  const boundary = `----formdata-undici-0${digits}`;
  const head = `--${boundary}\r\nContent-Disposition: form-data`;
  const end = Buffer.from('\r\n');
  const parts = [];
  let length = 0;
  const add = (bytes) => {
    parts.push(bytes);
    if (length !== null) length += bytes.byteLength;
  };
  for (const [name, value] of form) {
    const named = `${head}; name="${escaped(lines(name))}"`;
    if (typeof value === 'string') {
      add(Buffer.from(`${named}\r\n\r\n${lines(value)}\r\n`));
      continue;
    }
    const file = value.name ? `; filename="${escaped(value.name)}"` : '';
    add(Buffer.from(`${named}${file}\r\nContent-Type: ${value.type || 'application/octet-stream'}\r\n\r\n`));
    const own = partsOf(value);
    if (own !== undefined) {
      own.forEach(add);
    } else {
      parts.push(value);
      if (typeof value.size !== 'number') length = null;
      else if (length !== null) length += value.size;
    }
    add(end);
  }
  add(Buffer.from(`--${boundary}--\r\n`));
  return { parts, length, type: `multipart/form-data; boundary=${boundary}` };
};

const bad = () => new TypeError('Failed to parse body as FormData.');

const unescaped = (text) => text.replace(/%0A/gi, '\n').replace(/%0D/gi, '\r').replace(/%22/g, '"');

const DISPOSITION = /^form-data; name="([^"\r\n]*)"(?:; filename\*?="([^"\r\n]*)")?$/;
const TOKEN = /^[!#$%&'*+\-.^_|~A-Za-z0-9]+$/;

// fieldsOf reads the header of one part; bytes are kept as Latin-1 until names
// are decoded.
function fieldsOf(text) {
  const fields = { name: null, filename: null, type: null, encoding: null };
  const decode = (latin1) => unescaped(Buffer.from(latin1, 'latin1').toString());
  for (const line of text.split('\r\n')) {
    const at = line.indexOf(':');
    const name = line.slice(0, Math.max(at, 0)).replace(/^[\t ]+|[\t ]+$/g, '');
    if (at < 0 || !TOKEN.test(name)) throw bad();
    const value = line.slice(at + 1).replace(/^[\t ]+|[\t ]+$/g, '');
    switch (name.toLowerCase()) {
      case 'content-disposition': {
        const match = DISPOSITION.exec(value);
        if (match === null) throw bad();
        fields.name = decode(match[1]);
        fields.filename = match[2] === undefined ? null : decode(match[2]);
        break;
      }
      case 'content-type':
        fields.type = value;
        break;
      case 'content-transfer-encoding':
        fields.encoding = value;
        break;
    }
  }
  if (fields.name === null) throw bad();
  return fields;
}

// parse gives the FormData of a body.
exports.parse = (input, boundaryText) => {
  if (boundaryText === null || boundaryText === undefined) throw bad();
  const { FormData } = require('internal/web/formdata');
  const form = new FormData();
  const boundary = Buffer.from(`--${boundaryText}`);
  let at = 0;
  let length = input.length;
  while (input[at] === 13 && input[at + 1] === 10) at += 2;
  while (length > 1 && input[length - 1] === 10 && input[length - 2] === 13) length -= 2;
  input = input.subarray(0, length);
  for (;;) {
    if (!input.subarray(at, at + boundary.length).equals(boundary)) throw bad();
    at += boundary.length;
    if (at === input.length - 2 && input[at] === 45 && input[at + 1] === 45) return form;
    if (input[at] !== 13 || input[at + 1] !== 10) throw bad();
    at += 2;
    const head = input.indexOf('\r\n\r\n', at);
    if (head < 0) throw bad();
    const fields = fieldsOf(input.toString('latin1', at, head));
    at = head + 4;
    const end = input.indexOf(boundary, at);
    if (end < 0 || input[end - 2] !== 13 || input[end - 1] !== 10) throw bad();
    let body = input.subarray(at, end - 2);
    at = end;
    if (fields.encoding === 'base64') body = Buffer.from(body.toString(), 'base64');
    if (fields.filename === null) {
      form.append(fields.name, new TextDecoder().decode(body));
    } else {
      let type = fields.type === null ? 'text/plain' : fields.type;
      if (/[^\u0000-\u007f]/.test(type)) type = ''; // eslint-disable-line no-control-regex
      form.append(fields.name, new File([body], fields.filename, { type }));
    }
  }
};
