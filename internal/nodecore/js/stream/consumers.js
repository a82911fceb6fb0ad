'use strict';
// stream/consumers: a whole stream, of Node or of the web, as one value.

const { Buffer } = require('buffer');

async function collect(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

const bytesOf = (chunk) => {
  if (typeof chunk === 'string') return Buffer.from(chunk);
  if (ArrayBuffer.isView(chunk)) return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  return Buffer.from(chunk);
};

exports.arrayBuffer = async function arrayBuffer(stream) {
  const all = await exports.buffer(stream);
  return all.buffer.slice(all.byteOffset, all.byteOffset + all.byteLength);
};

exports.blob = async function blob(stream) {
  return new Blob(await collect(stream));
};

exports.buffer = async function buffer(stream) {
  return Buffer.concat((await collect(stream)).map(bytesOf));
};

exports.text = async function text(stream) {
  const decoder = new TextDecoder();
  const parts = [];
  for await (const chunk of stream) parts.push(typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }));
  parts.push(decoder.decode(undefined, { stream: false }));
  return parts.join('');
};

exports.json = async function json(stream) {
  return JSON.parse(await exports.text(stream));
};
