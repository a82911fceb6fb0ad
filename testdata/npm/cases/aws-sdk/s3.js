const AWS = require('aws-sdk');
const { Readable } = require('stream');
const { all } = require('../_attempt');
const { clock, random, requests } = require('../_fixed');

exports.main = async ({ url, refused }) => {
  clock();
  random();
  process.env.AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE = '1';
  AWS.config.update({ accessKeyId: 'AKID', secretAccessKey: 'secret', region: 'eu-west-1', maxRetries: 1 });
  const s3 = new AWS.S3({ endpoint: `${url}/s3`, s3ForcePathStyle: true, signatureVersion: 'v4' });
  const failure = async (promise) => {
    try { return await promise; } catch (e) { return { name: e.name, code: e.code, message: e.message, status: e.statusCode, retryable: e.retryable, id: e.requestId, region: e.region, time: e.time instanceof Date }; }
  };
  return all({
    put: async () => [await s3.putObject({ Bucket: 'b', Key: 'a/ü b.txt', Body: 'Grüße', ContentType: 'text/plain', Metadata: { who: 'me' } }).promise(), await requests(url, 1)],
    putBuffer: async () => [await s3.putObject({ Bucket: 'b', Key: 'bytes', Body: Buffer.from([0, 255, 128]) }).promise(), await requests(url, 1)],
    get: async () => { const o = await s3.getObject({ Bucket: 'b', Key: 'a/ü b.txt' }).promise(); return [o.Body.toString(), Buffer.isBuffer(o.Body), o.ContentType, o.Metadata, o.LastModified, o.ETag, o.ContentLength]; },
    bytes: async () => (await s3.getObject({ Bucket: 'b', Key: 'bytes' }).promise()).Body.toString('hex'),
    stream: () => new Promise((resolve, reject) => {
      const parts = [];
      s3.getObject({ Bucket: 'b', Key: 'a/ü b.txt' }).createReadStream().on('data', (c) => parts.push(c)).on('error', reject).on('end', () => resolve(Buffer.concat(parts).toString()));
    }),
    upload: async () => [await s3.upload({ Bucket: 'b', Key: 'up', Body: Readable.from([Buffer.from('one '), Buffer.from('two')]) }).promise(), (await s3.getObject({ Bucket: 'b', Key: 'up' }).promise()).Body.toString()],
    list: async () => s3.listObjectsV2({ Bucket: 'b', Prefix: 'a' }).promise(),
    head: async () => s3.headObject({ Bucket: 'b', Key: 'up' }).promise(),
    missing: () => failure(s3.getObject({ Bucket: 'b', Key: 'none' }).promise()),
    remove: () => s3.deleteObject({ Bucket: 'b', Key: 'up' }).promise(),
    callback: () => new Promise((resolve) => s3.getObject({ Bucket: 'b', Key: 'up' }, function done(error, data) { resolve([error && error.code, data, this.httpResponse.statusCode]); })),
    noBucket: () => failure(s3.getObject({ Key: 'x' }).promise()),
    badType: () => failure(s3.getObject({ Bucket: 1, Key: 'x', Nothing: 1 }).promise()),
    refused: () => failure(new AWS.S3({ endpoint: refused, s3ForcePathStyle: true, maxRetries: 0 }).getObject({ Bucket: 'b', Key: 'x' }).promise()),
    presigned: async () => {
      const get = s3.getSignedUrl('getObject', { Bucket: 'b', Key: 'a/ü b.txt', Expires: 60 });
      const put = await s3.getSignedUrlPromise('putObject', { Bucket: 'b', Key: 'c', ContentType: 'text/plain' });
      const forged = await fetch(get.replace('Expires=60', 'Expires=61'));
      return [await (await fetch(get)).text(), (await fetch(put, { method: 'PUT', body: 'x', headers: { 'content-type': 'text/plain' } })).status, forged.status, [get, put].map((u) => u.replace(/Signature=\w+/, 'Signature=SIGNED'))];
    },
    post: () => s3.createPresignedPost({ Bucket: 'b', Fields: { key: 'k' }, Conditions: [['content-length-range', 0, 10]] }),
    timeout: () => failure(new AWS.S3({ endpoint: `${url}/hang`, s3ForcePathStyle: true, maxRetries: 0, httpOptions: { timeout: 80 } }).getObject({ Bucket: 'b', Key: 'x' }).promise()),
  });
};
