const { OpenAI, toFile, AzureOpenAI } = require('openai');
const { all, describe } = require('../_attempt');
const { random, requests } = require('../_fixed');

const quiet = ['x-stainless-package-version', 'accept', 'accept-language', 'sec-fetch-mode', 'accept-encoding'];

exports.main = async ({ url, refused }) => {
  random();
  const options = { apiKey: 'sk-test', baseURL: `${url}/openai`, maxRetries: 0 };
  const client = new OpenAI(options);
  const messages = [{ role: 'user', content: 'Grüße' }];
  const failure = async (promise) => {
    try { return await promise; } catch (e) { return { ...describe(e), param: e.param, kind: e.constructor.name, api: e instanceof OpenAI.APIError, id: e.requestID, error: e.error }; }
  };
  const last = async () => (await requests(url, 1)).map(({ headers, ...rest }) => ({ ...rest, headers: headers.filter(([k]) => !quiet.includes(k.toLowerCase())) }));
  return all({
    chat: async () => { const c = await client.chat.completions.create({ model: 'gpt', messages, temperature: 0.5 }); return [c, c._request_id, await last()]; },
    raw: async () => { const { data, response, request_id: id } = await client.chat.completions.create({ model: 'gpt', messages }).withResponse(); return [data.id, response.status, id]; },
    asResponse: async () => (await client.chat.completions.create({ model: 'gpt', messages }).asResponse()).status,
    stream: async () => { const words = []; for await (const chunk of await client.chat.completions.create({ model: 'gpt', messages, stream: true })) words.push(chunk.choices[0].delta.content); return words; },
    streamAbort: async () => { const s = await client.chat.completions.create({ model: 'gpt', messages, stream: true }); for await (const chunk of s) { void chunk; break; } return s.controller.signal.aborted; },
    tee: async () => { const [a, b] = (await client.chat.completions.create({ model: 'gpt', messages, stream: true })).tee(); const read = async (s) => { const out = []; for await (const c of s) out.push(c.choices[0].delta.content); return out.join(''); }; return [await read(a), await read(b)]; },
    runner: async () => { const s = client.chat.completions.stream({ model: 'gpt', messages }); const words = []; s.on('content', (delta) => words.push(delta)); return [await s.finalContent().catch((e) => e.message), words]; },
    embeddings: async () => (await client.embeddings.create({ model: 'e', input: ['a'] })).data,
    retried: async () => (await new OpenAI({ ...options, maxRetries: 1 }).chat.completions.create({ model: 'gpt-429', messages })).choices[0].message,
    notFound: () => failure(client.chat.completions.create({ model: 'none', messages })),
    refused: () => failure(new OpenAI({ ...options, baseURL: refused }).models.list()),
    timeout: () => failure(new OpenAI({ ...options, baseURL: `${url}/hang`, timeout: 50 }).models.list()),
    aborted: () => failure(client.chat.completions.create({ model: 'gpt', messages }, { signal: AbortSignal.abort() })),
    upload: async () => { const f = await client.files.create({ file: await toFile(Buffer.from('{"a":1}\n'), 'data.jsonl'), purpose: 'fine-tune' }); return [f.object, (await requests(url, 1))[0].body]; },
    noKey: () => failure(Promise.resolve().then(() => { delete process.env.OPENAI_API_KEY; return new OpenAI(); })),
    azure: async () => { const c = new AzureOpenAI({ apiKey: 'k', apiVersion: '2024-10-21', endpoint: `${url}/openai`, deployment: 'd' }); await c.chat.completions.create({ model: 'gpt', messages }); return (await last()).map((r) => [r.target, r.headers.filter(([k]) => k.toLowerCase() === 'api-key')]); },
  });
};
