// What is different in every run, made the same: the time and randomness.

const crypto = require('crypto');

exports.clock = (iso = '2026-01-02T03:04:05.678Z') => {
  const Real = Date;
  const now = Real.parse(iso);
  globalThis.Date = class Date extends Real {
    constructor(...args) {
      if (args.length === 0) super(now);
      else super(...args);
    }
    static now() { return now; }
  };
};

exports.random = () => {
  let state = 1;
  Math.random = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  crypto.randomUUID = () => '00000000-0000-4000-8000-000000000001';
  globalThis.crypto.randomUUID = crypto.randomUUID;
};

// volatile are headers that name the versions of Node and of the system, and
// the parts of multipart boundaries that no pattern finds.
const volatile = ['user-agent', 'x-amz-user-agent', 'x-stripe-client-user-agent', 'x-goog-api-client', 'amz-sdk-invocation-id', 'x-stainless-runtime-version', 'x-stainless-arch', 'x-stainless-os'];

// requests gives the last n requests that the server noted.
exports.requests = (url, n) => new Promise((resolve, reject) => {
  require('http').get(`${url}/requests`, { agent: false }, (response) => {
    const chunks = [];
    response.on('data', (c) => chunks.push(c)).on('error', reject).on('end', () => {
      const list = JSON.parse(Buffer.concat(chunks).toString());
      resolve(list.slice(-n).map(({ method, target, headers, body }) => ({
        method, target, body, headers: headers.map(([name, value]) => (volatile.includes(name.toLowerCase()) ? [name, 'volatile'] : [name, value])),
      })));
    });
  }).on('error', reject);
});
