'use strict';
// What fetch answers without a network: data: and blob: URLs.

const { newState, withoutHash } = require('internal/fetch/response');
const bodies = require('internal/fetch/body');
const { HeadersList } = require('internal/fetch/headers');
const { Buffer } = require('buffer');

function answer(bytes, facts, headers) {
  const headersList = new HeadersList();
  for (const [name, value] of headers) headersList.append(name, value);
  return newState({ statusText: 'OK', ...facts, headersList, body: bodies.extract(bytes).body });
}

// percentDecoded gives the bytes of a percent-encoded text.
function percentDecoded(text) {
  const parts = [];
  for (const piece of text.split(/((?:%[0-9A-Fa-f]{2})+)/)) {
    parts.push(/^%[0-9A-Fa-f]{2}/.test(piece) ? Buffer.from(piece.replaceAll('%', ''), 'hex') : Buffer.from(piece));
  }
  return Buffer.concat(parts);
}

// base64Decoded is forgiving about white space and padding only; null if it is
// no base64.
function base64Decoded(bytes) {
  let text = bytes.toString('latin1').replace(/[\t\n\f\r ]/g, '');
  if (text.length % 4 === 0) text = text.replace(/={1,2}$/, '');
  if (text.length % 4 === 1 || /[^+/0-9A-Za-z]/.test(text)) return null;
  return Buffer.from(text, 'base64');
}

exports.data = (url) => {
  const input = withoutHash(url).slice('data:'.length);
  const at = input.indexOf(',');
  if (at < 0) throw new Error('failed to fetch the data URL');
  let type = input.slice(0, at).trim();
  let bytes = percentDecoded(input.slice(at + 1));
  if (/; *base64$/i.test(type)) {
    bytes = base64Decoded(bytes);
    if (bytes === null) throw new Error('failed to fetch the data URL');
    type = type.replace(/; *base64$/i, '');
  }
  if (type.startsWith(';')) type = `text/plain${type}`;
  const { MIMEType } = require('internal/mime');
  let mime;
  try {
    mime = new MIMEType(type);
  } catch {
    mime = new MIMEType('text/plain;charset=US-ASCII');
  }
  return answer(bytes, {}, [['Content-Type', mime.toString()]]);
};

exports.blob = (state, url) => {
  if (url.search !== '') throw new Error('NetworkError when attempting to fetch resource.');
  const blob = require('internal/web/blob').resolveObjectURL(url.href);
  if (state.method !== 'GET' || blob === undefined) throw new Error('invalid method');
  const range = state.headersList.get('range');
  if (range === null) return answer(blob, {}, [['content-length', `${blob.size}`], ['content-type', blob.type]]);
  const match = /^bytes=(\d*)-(\d*)$/.exec(range.replace(/[\t ]/g, ''));
  if (match === null || (match[1] === '' && match[2] === '') || (match[1] !== '' && match[2] !== '' && +match[1] > +match[2])) {
    throw new Error('failed to fetch the data URL');
  }
  let start = match[1] === '' ? null : +match[1];
  let end = match[2] === '' ? null : +match[2];
  if (start === null) {
    start = blob.size - end;
    end = blob.size - 1;
  } else {
    if (start >= blob.size) throw new Error("Range start is greater than the blob's size.");
    if (end === null || end >= blob.size) end = blob.size - 1;
  }
  // The end is left out, as Node does.
  const part = blob.slice(start, end, blob.type);
  return answer(part, { status: 206, statusText: 'Partial Content' }, [
    ['content-length', `${part.size}`], ['content-type', blob.type], ['content-range', `bytes ${start}-${end}/${blob.size}`],
  ]);
};
