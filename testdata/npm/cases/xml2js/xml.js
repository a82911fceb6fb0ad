const xml2js = require('xml2js');
const { all, describe } = require('../_attempt');

const doc = `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE r><r a="1" xmlns:n="urn:x"><item id="1">eins &amp; &#xFC;</item><item id="2"><n:sub>x</n:sub>mixed<b/></item><empty/><c><![CDATA[<raw>]]></c><!-- no --><num>42</num><flag>true</flag></r>`;
const failure = async (promise) => promise.catch ? promise.catch((e) => describe(e)) : promise;

exports.main = () => all({
  plain: () => xml2js.parseStringPromise(doc),
  options: () => xml2js.parseStringPromise(doc, { explicitArray: false, mergeAttrs: true, trim: true, normalizeTags: true, explicitRoot: false }),
  processors: () => xml2js.parseStringPromise(doc, { valueProcessors: [xml2js.processors.parseNumbers, xml2js.processors.parseBooleans], tagNameProcessors: [xml2js.processors.stripPrefix], attrNameProcessors: [(n) => `@${n}`] }),
  children: () => xml2js.parseStringPromise(doc, { explicitChildren: true, preserveChildrenOrder: true, charsAsChildren: true }),
  namespaces: () => xml2js.parseStringPromise(doc, { xmlns: true }),
  keys: () => xml2js.parseStringPromise(doc, { attrkey: 'attr', charkey: 'text', emptyTag: null, includeWhiteChars: true }),
  callback: () => new Promise((resolve) => xml2js.parseString('<a>1</a>', (e, r) => resolve([e, r]))),
  async: () => new Promise((resolve) => xml2js.parseString('<a><b>1</b></a>', { async: true }, (e, r) => resolve([e, r]))),
  broken: () => failure(xml2js.parseStringPromise('<a><b></a>')),
  text: () => failure(xml2js.parseStringPromise('no xml')),
  empty: () => failure(xml2js.parseStringPromise('')),
  bom: () => xml2js.parseStringPromise('\ufeff<a/>'),
  proto: async () => { const r = await xml2js.parseStringPromise('<a><__proto__>x</__proto__><constructor>y</constructor></a>'); return [Object.keys(r.a), {}.polluted]; },
  build: () => new xml2js.Builder().buildObject({ r: { $: { a: '1"<' }, item: [{ _: 'x & y', $: { id: 1 } }, 'z'], n: null, e: '', d: new Date(0), c: { deep: [1, 2] } } }),
  builder: () => [new xml2js.Builder({ headless: true, renderOpts: { pretty: false }, rootName: 'x', cdata: true }).buildObject({ a: '<b>', c: 'plain' }), new xml2js.Builder({ xmldec: { version: '1.1', encoding: 'latin1', standalone: true } }).buildObject({ r: 'ü' })],
  round: async () => new xml2js.Builder({ renderOpts: { pretty: false } }).buildObject(await xml2js.parseStringPromise(doc)),
  validator: () => failure(xml2js.parseStringPromise('<a><b>x</b></a>', { validator: (path, old, next) => { if (path === '/a/b') throw new xml2js.ValidationError(`bad ${next}`); return next; } })),
  large: async () => (await xml2js.parseStringPromise(`<r>${Array.from({ length: 500 }, (_, i) => `<i n="${i}">v${i}</i>`).join('')}</r>`)).r.i.length,
});
