const { GraphQLClient, request, gql, batchRequests, ClientError } = require('graphql-request');
const { all, describe } = require('../_attempt');
const { requests } = require('../_fixed');

const failure = async (promise) => {
  try { return await promise; } catch (e) { return { ...describe(e), message: e.message.split('\n')[0].replace(/"headers":\{[^}]*\}/, '"headers":{}'), errors: e.response && e.response.errors, query: e.request && e.request.query, client: e instanceof ClientError }; }
};

exports.main = ({ url, refused }) => all({
  query: () => request(`${url}/graphql`, gql`query q($id: ID!) { contact(id: $id) { name } }`, { id: 'ü1' }),
  client: async () => { const c = new GraphQLClient(`${url}/graphql`, { headers: { authorization: 'Bearer x' } }); c.setHeader('x-own', '1'); return [await c.request('{ a }'), await c.rawRequest('{ b }').then((r) => [r.status, r.data]), c.requestConfig.headers]; },
  options: async () => request({ url: `${url}/graphql`, document: '{ a }', requestHeaders: { 'x-one': '1' } }),
  get: async () => { const c = new GraphQLClient(`${url}/echo`, { method: 'GET', jsonSerializer: JSON }); return failure(c.request('{ a(b: "ü") }', { v: 1 })); },
  batch: () => failure(batchRequests(`${url}/graphql`, [{ document: '{ a }' }, { document: '{ b }' }])),
  errors: () => failure(request(`${url}/graphql`, '{ fail }')),
  ignored: () => new GraphQLClient(`${url}/graphql`, { errorPolicy: 'ignore' }).request('{ fail }'),
  policyAll: () => new GraphQLClient(`${url}/graphql`, { errorPolicy: 'all' }).rawRequest('{ fail }').then((r) => [r.data, r.errors]),
  status: () => failure(request(`${url}/status/500?body=down`, '{ a }')),
  syntax: () => failure(request(`${url}/graphql`, '{ a ')),
  refused: () => failure(request(refused, '{ a }')),
  abort: () => { const c = new AbortController(); setTimeout(() => c.abort(), 20); return failure(request({ url: `${url}/hang`, document: '{ a }', signal: c.signal })); },
  middleware: async () => { const seen = []; const c = new GraphQLClient(`${url}/graphql`, { requestMiddleware: (r) => ({ ...r, headers: { ...Object.fromEntries(new Headers(r.headers)), authorization: 'late' } }), responseMiddleware: (r) => { seen.push(r.status || r.message); } }); return [await c.request('{ a }'), seen]; },
  printed: () => { const { parse, print } = require('graphql'); return [print(parse('query q($a:Int=1){b(c:$a){...f @include(if:true)}} fragment f on T{d}')), failure(Promise.resolve().then(() => parse('{ x( }')))]; },
  schema: async () => { const { buildSchema, graphql } = require('graphql'); return graphql({ schema: buildSchema('type Query { hello(name: String = "x"): String, list: [Int!] }'), source: '{ hello(name: "ü") list nope }', rootValue: { hello: ({ name }) => `hi ${name}`, list: [1, 2] } }); },
});
