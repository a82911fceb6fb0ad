const { each } = require('./_versions');

exports.main = each((axios, { url, tls, ca }) => {
  const steps = {};
  for (const code of [301, 302, 303, 307, 308]) {
    for (const method of ['get', 'post', 'put', 'head']) {
      steps[`${method} ${code}`] = async () => {
        const r = await axios({ method, url: `${url}/redirect/${code}`, data: method === 'get' || method === 'head' ? undefined : { code }, headers: { Authorization: 'Bearer secret', 'X-Keep': 'yes' } });
        return [r.status, r.data, r.request.res.responseUrl];
      };
    }
  }
  return {
    ...steps,
    relative: async () => (await axios.get(`${url}/redirect/302?to=${encodeURIComponent('/echo/a b?x=ü#hash')}`)).data,
    absolute: async () => (await axios.get(`${url}/redirect/302?to=${encodeURIComponent(`${url}/echo/absolute`)}`)).data.target,
    'other host': async () => (await axios.get(`${url}/redirect/302?to=${encodeURIComponent(`${url.replace('127.0.0.1', 'localhost')}/echo`)}`, { headers: { Authorization: 'x', Cookie: 'a=b' } })).data.headers,
    chain: async () => (await axios.get(`${url}/redirects/4`)).data.target,
    'too many': async () => (await axios.get(`${url}/redirects/0`)).data,
    'at most 2': async () => (await axios.get(`${url}/redirects/3`, { maxRedirects: 2 })).data,
    none: async () => {
      const r = await axios.get(`${url}/redirect/302`, { maxRedirects: 0, validateStatus: null });
      return [r.status, r.headers.location, r.data];
    },
    'none, refused': async () => (await axios.get(`${url}/redirect/302`, { maxRedirects: 0 })).data,
    'no location': async () => (await axios.get(`${url}/status/302?body=x`)).data,
    'to https': async () => {
      const { Agent } = require('https');
      return (await axios.get(`${url}/redirect/302?to=${encodeURIComponent(`${tls}/echo/secure`)}`, { httpsAgent: new Agent({ ca }) })).data;
    },
    'before redirect': async () => {
      const seen = [];
      const r = await axios.get(`${url}/redirect/302`, { beforeRedirect: (options, details) => { seen.push(options.path, details.statusCode); options.headers['X-Before'] = '1'; } });
      return [seen, r.data.headers];
    },
  };
});
