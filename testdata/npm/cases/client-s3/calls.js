const { S3Client, PutObjectCommand, GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, DeleteObjectCommand, NoSuchKey, S3ServiceException, paginateListObjectsV2 } = require('@aws-sdk/client-s3');
const { Readable } = require('stream');
const { all } = require('../_attempt');
const { clock, random, requests } = require('../_fixed');

exports.main = async ({ url, refused }) => {
  clock();
  random();
  const options = { region: 'eu-west-1', endpoint: `${url}/s3`, forcePathStyle: true, credentials: { accessKeyId: 'AKID', secretAccessKey: 'secret' }, maxAttempts: 1 };
  const s3 = new S3Client(options);
  const failure = async (promise) => {
    try { return await promise; } catch (e) { return { name: e.name, type: e.constructor.name, message: e.message, code: e.Code || e.code, fault: e.$fault, status: e.$metadata && e.$metadata.httpStatusCode, service: e instanceof S3ServiceException, noKey: e instanceof NoSuchKey }; }
  };
  const send = (command, c = s3) => c.send(command);
  const result = await all({
    put: async () => [await send(new PutObjectCommand({ Bucket: 'b', Key: 'a/ü b.txt', Body: 'Grüße', ContentType: 'text/plain', Metadata: { who: 'me' } })), await requests(url, 1)],
    putBytes: async () => send(new PutObjectCommand({ Bucket: 'b', Key: 'bytes', Body: new Uint8Array([0, 255, 128]) })),
    putStream: async () => [await send(new PutObjectCommand({ Bucket: 'b', Key: 'stream', Body: Readable.from([Buffer.from('one '), Buffer.from('two')]), ContentLength: 7 })), await requests(url, 1)],
    get: async () => { const o = await send(new GetObjectCommand({ Bucket: 'b', Key: 'a/ü b.txt' })); return [await o.Body.transformToString(), o.ContentType, o.Metadata, o.LastModified, o.ETag, o.ContentLength, o.$metadata.httpStatusCode]; },
    bytes: async () => { const o = await send(new GetObjectCommand({ Bucket: 'b', Key: 'bytes' })); return [...await o.Body.transformToByteArray()]; },
    body: async () => { const o = await send(new GetObjectCommand({ Bucket: 'b', Key: 'stream' })); const out = []; for await (const c of o.Body) out.push(c); return [Buffer.concat(out).toString(), o.Body.constructor.name]; },
    webStream: async () => { const o = await send(new GetObjectCommand({ Bucket: 'b', Key: 'stream' })); const reader = o.Body.transformToWebStream().getReader(); const out = []; for (;;) { const { value, done } = await reader.read(); if (done) break; out.push(Buffer.from(value)); } return Buffer.concat(out).toString(); },
    head: () => send(new HeadObjectCommand({ Bucket: 'b', Key: 'stream' })),
    list: () => send(new ListObjectsV2Command({ Bucket: 'b', Prefix: 'a' })),
    pages: async () => { const keys = []; for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket: 'b' })) keys.push(...(page.Contents || []).map((c) => c.Key)); return keys; },
    missing: () => failure(send(new GetObjectCommand({ Bucket: 'b', Key: 'none' }))),
    missingHead: () => failure(send(new HeadObjectCommand({ Bucket: 'b', Key: 'none' }))),
    remove: () => send(new DeleteObjectCommand({ Bucket: 'b', Key: 'stream' })),
    noBucket: () => failure(send(new GetObjectCommand({ Key: 'x' }))),
    refused: () => failure(send(new GetObjectCommand({ Bucket: 'b', Key: 'x' }), new S3Client({ ...options, endpoint: refused }))),
    middleware: async () => {
      const own = new S3Client(options);
      own.middlewareStack.add((next) => async (args) => { args.request.headers['x-own'] = '1'; return next(args); }, { step: 'build', name: 'own' });
      await own.send(new ListObjectsV2Command({ Bucket: 'c' }));
      return (await requests(url, 1))[0].headers.some(([k, v]) => k === 'x-own' && v === '1');
    },
    abort: async () => failure(new S3Client({ ...options, endpoint: `${url}/hang` }).send(new GetObjectCommand({ Bucket: 'b', Key: 'x' }), { abortSignal: AbortSignal.timeout(50) })),
  });
  s3.destroy();
  return result;
};
