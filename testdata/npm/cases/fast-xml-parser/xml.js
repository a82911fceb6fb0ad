const { XMLParser, XMLBuilder, XMLValidator } = require('fast-xml-parser');
const { all } = require('../_attempt');

const doc = `<?xml version="1.0"?><r a="1" n:b="x y"><item id="01">eins &amp; &uuml; &#252;</item><item id="2">2.50</item><e/><c><![CDATA[<raw>]]>t</c><!--c--><big>12345678901234567890</big><hex>0x1F</hex><exp>1e3</exp><flag>true</flag><n:ns>  s  </n:ns></r>`;

exports.main = () => all({
  plain: () => new XMLParser().parse(doc),
  attributes: () => new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', parseAttributeValue: true, allowBooleanAttributes: true }).parse(doc),
  ordered: () => new XMLParser({ preserveOrder: true, ignoreAttributes: false, commentPropName: '#c', cdataPropName: '#cdata' }).parse(doc),
  options: () => new XMLParser({ removeNSPrefix: true, trimValues: false, parseTagValue: false, ignoreDeclaration: true, htmlEntities: true, isArray: (name) => name === 'e', tagValueProcessor: (n, v) => (n === 'item' ? `${v}!` : v), stopNodes: ['r.c'] }).parse(doc),
  numbers: () => new XMLParser({ numberParseOptions: { leadingZeros: false, hex: false, eNotation: false } }).parse(doc),
  entities: () => new XMLParser({ processEntities: true }).parse('<!DOCTYPE r [<!ENTITY own "Eigen">]><r>&own; &lt;</r>'),
  broken: () => [XMLValidator.validate('<a><b></a>'), XMLValidator.validate('<a>x</a>'), XMLValidator.validate('<a b=1/>'), XMLValidator.validate('')],
  brokenParse: () => new XMLParser().parse('<a><b></a>', true),
  build: () => new XMLBuilder({ format: true, ignoreAttributes: false }).build({ r: { '@_a': '1"', item: ['x & y', { '#text': 'z', '@_id': 2 }], e: '', n: null, d: { deep: [1, 2] } } }),
  compact: () => new XMLBuilder({ suppressEmptyNode: true, ignoreAttributes: false, cdataPropName: '#cdata', processEntities: false }).build({ r: { e: '', c: { '#cdata': '<x>' }, t: '<y>' } }),
  round: () => { const o = { preserveOrder: true, ignoreAttributes: false }; return new XMLBuilder(o).build(new XMLParser(o).parse(doc)); },
  buffer: () => new XMLParser().parse(Buffer.from('<a>ü</a>')),
  large: () => new XMLParser().parse(`<r>${Array.from({ length: 500 }, (_, i) => `<i>${i}</i>`).join('')}</r>`).r.i.length,
});
