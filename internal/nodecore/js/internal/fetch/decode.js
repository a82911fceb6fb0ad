'use strict';
// Content-Encoding: a feed of what another feed's bytes decode to.

const MOST = 5; // encodings on top of each other

const { constants: c } = require('internal/zlib/constants');
const CHUNK = 64 * 1024;

// modeOf gives the codec for a coding; deflate is told by its first byte whether
// it comes with zlib's frame or without.
function modeOf(coding, first) {
  if (coding === 'br') return c.BROTLI_DECODE;
  if (coding === 'deflate') return (first & 0x0f) === 0x08 ? c.INFLATE : c.INFLATERAW;
  return c.GUNZIP;
}

function decoder(coding, feed) {
  // Data that ends too early is given as far as it goes, as browsers do.
  const flush = coding === 'br' ? c.BROTLI_OPERATION_FLUSH : c.Z_SYNC_FLUSH;
  let handle = null;
  let more = false;
  let over = false;
  const step = (input) => new Promise((resolve, reject) => {
    native.zlibWrite(handle, flush, input, CHUNK, (error, result) => {
      if (error) {
        reject(error);
        return;
      }
      ({ more } = result);
      if (result.over) over = true;
      resolve(result.out);
    });
  });
  return {
    async pull() {
      for (;;) {
        let out;
        if (more) {
          out = await step(undefined);
        } else {
          const bytes = await feed.pull();
          if (bytes === null) return null;
          if (over || bytes.byteLength === 0) continue;
          if (handle === null) handle = native.zlibNew(modeOf(coding, bytes[0]), coding === 'br' ? {} : { windowBits: c.Z_DEFAULT_WINDOWBITS });
          out = await step(bytes);
        }
        if (out.byteLength > 0) return out;
      }
    },
    cancel: (reason) => feed.cancel(reason),
  };
}

// decoded wraps a feed for the value of a Content-Encoding header; what is not
// known is left as it came.
exports.decoded = (header, feed) => {
  const codings = header.toLowerCase().split(',').map((coding) => coding.trim());
  if (codings.length > MOST) throw new Error(`too many content-encodings in response: ${codings.length}, maximum allowed is ${MOST}`);
  if (!codings.every((coding) => ['gzip', 'x-gzip', 'deflate', 'br'].includes(coding))) return feed;
  return codings.reduceRight((inner, coding) => decoder(coding, inner), feed);
};
