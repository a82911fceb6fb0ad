const Airtable = require('airtable');
const { all } = require('../_attempt');
const { requests } = require('../_fixed');

const failure = async (promise) => {
  try { return await promise; } catch (e) { return { name: e.constructor.name, error: e.error, message: e.message, status: e.statusCode, text: e.toString && String(e) }; }
};

exports.main = ({ url, refused }) => {
  const base = new Airtable({ apiKey: 'pat', endpointUrl: `${url}/airtable`, noRetryIfRateLimited: true }).base('app1');
  const table = base('My Table');
  return all({
    first: async () => [(await table.select({ maxRecords: 3, filterByFormula: "{Name} = 'ü'", sort: [{ field: 'Name', direction: 'desc' }], fields: ['Name', 'N'], view: 'Grid' }).firstPage()).map((r) => [r.id, r.fields, r.get('Name')]), await requests(url, 1)],
    all: async () => (await table.select().all()).map((r) => r.getId()),
    each: () => new Promise((resolve, reject) => { const pages = []; table.select().eachPage((records, next) => { pages.push(records.map((r) => r.id)); next(); }, (e) => (e ? reject(e) : resolve(pages))); }),
    find: async () => { const r = await table.find('rec1'); return [r.id, r.fields, r._rawJson]; },
    create: async () => [(await table.create({ Name: 'Zoë', N: 1 })).id, (await table.create([{ fields: { Name: 'a' } }, { fields: { Name: 'b' } }], { typecast: true })).map((r) => [r.id, r.fields]), await requests(url, 1)],
    update: async () => [(await table.update('rec1', { Name: 'new' })).fields, (await requests(url, 1))[0].method, (await table.replace('rec1', { Name: 'all' })).fields, (await requests(url, 1))[0].method],
    destroy: async () => (await table.destroy('rec1')).id,
    record: async () => { const r = await table.find('rec1'); r.set('Name', 'set'); await r.save(); return r.fields; },
    missing: () => failure(table.find('recMissing')),
    bad: () => failure(table.update('recBad', { N: 'x' })),
    callback: () => new Promise((resolve) => table.find('rec1', (e, r) => resolve([e, r.id]))),
    badParameters: () => failure(Promise.resolve().then(() => table.select({ sort: 'x' }))),
    noKey: () => failure(Promise.resolve().then(() => new Airtable({ apiKey: '' }))),
    refused: () => failure(new Airtable({ apiKey: 'x', endpointUrl: refused }).base('a')('t').find('rec1').catch((e) => { throw e; })),
    timeout: () => failure(new Airtable({ apiKey: 'x', endpointUrl: `${url}/hang`, requestTimeout: 60 }).base('a')('t').find('rec1')),
  });
};
