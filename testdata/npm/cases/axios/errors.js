const http = require('http');
const { each } = require('./_versions');

exports.main = each((axios, { url, tls, refused }, version) => ({
  notFound: async () => (await axios.get(`${url}/status/404?body=nothing`)).data,
  jsonError: async () => (await axios.get(`${url}/json-error?status=422`)).data,
  async shape() {
    try {
      await axios.post(`${url}/json-error?status=500`, { a: 1 }, { headers: { 'X-Mark': 'm' } });
    } catch (error) {
      const json = error.toJSON();
      delete json.stack;
      delete json.config;
      return [json, Object.keys(error), error.response.headers, error.config.method, error.config.data, axios.isAxiosError && axios.isAxiosError(error), String(error)];
    }
  },
  refused: async () => (await axios.get(refused)).data,
  notResolved: async () => (await axios.get('http://does-not-exist.invalid/')).data,
  reset: async () => (await axios.get(`${url}/reset`)).data,
  closed: async () => (await axios.get(`${url}/close`)).data,
  truncated: async () => (await axios.get(`${url}/truncate`)).data,
  resetInBody: async () => (await axios.get(`${url}/reset-body`)).data,
  garbage: async () => (await axios.get(`${url}/garbage`)).data,
  timeout: async () => (await axios.get(`${url}/hang`, { timeout: 60 })).data,
  timeoutText: async () => (await axios.get(`${url}/hang`, { timeout: 60, timeoutErrorMessage: 'too slow' })).data,
  timeoutInBody: async () => (await axios.get(`${url}/hang-body`, { timeout: 150 })).data,
  inTime: async () => (await axios.get(`${url}/slow?ms=30`, { timeout: 5000 })).data,
  tooLong: async () => (await axios.get(`${url}/large?bytes=5000`, { maxContentLength: 100 })).data,
  async canceled() {
    const source = axios.CancelToken.source();
    setTimeout(() => source.cancel('enough'), 30);
    try {
      await axios.get(`${url}/hang`, { cancelToken: source.token });
    } catch (error) {
      return [axios.isCancel(error), error.message, error.code, error.constructor.name];
    }
  },
  async canceledBefore() {
    const source = axios.CancelToken.source();
    source.cancel('never');
    try {
      await axios.get(`${url}/echo`, { cancelToken: source.token });
    } catch (error) {
      return [axios.isCancel(error), error.message];
    }
  },
  async aborted() {
    if (version === '0.19') return 'not there';
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 30);
    try {
      await axios.get(`${url}/hang-body`, { signal: controller.signal });
    } catch (error) {
      return [axios.isCancel(error), error.message, error.code, error.name];
    }
  },
  async signalTimeout() {
    if (version !== '1') return 'not there';
    try {
      await axios.get(`${url}/hang`, { signal: AbortSignal.timeout(40) });
    } catch (error) {
      return [error.message, error.code, error.name];
    }
  },
  untrusted: async () => (await axios.get(`${tls}/echo`)).data,
  badURL: async () => (await axios.get('http://[bad')).data,
  badProtocol: async () => (await axios.get(refused.replace('http:', 'ftp:'))).data,
  badHeader: async () => (await axios.get(`${url}/echo`, { headers: { 'X-Bad': 'a\nb' } })).data,
  badName: async () => (await axios.get(`${url}/echo`, { headers: { 'X Bad': 'a' } })).data,
  thrownInTransform: async () => (await axios.get(`${url}/echo`, { transformResponse: () => { throw new RangeError('mine'); } })).data,
  validateStatus: async () => (await axios.get(`${url}/status/418?body=tea`, { validateStatus: (s) => s < 500 })).data,
  async agentDestroyed() {
    const agent = new http.Agent({ keepAlive: true });
    const first = (await axios.get(`${url}/keepalive`, { httpAgent: agent })).data;
    agent.destroy();
    const second = (await axios.get(`${url}/keepalive`, { httpAgent: agent })).data;
    // How many connections there were before depends on how fast they were ended.
    return [first.request, second.request, first.connection === second.connection];
  },
}));
