const qs = require('querystring');
exports.main = async () => {
  const out = [];
  const t = (f) => { try { out.push(f()); } catch (e) { out.push([e.name, e.code, e.message, Object.keys(e)]); } };
  for (const q of ['a=1&a=2&b','x=%zz&y=%ff','a+b=c+d','&&','=','a==b',null]) t(()=>qs.parse(q));
  t(()=>qs.parse('a:1;b:2',';',':'));t(()=>qs.parse('a=1&b=2&c=3',null,null,{maxKeys:2}));t(()=>qs.stringify({a:[1,'x y'],b:true,c:null,d:undefined,e:{},f:NaN,g:1n,h:'ü&='}));t(()=>qs.stringify('x'));t(()=>qs.escape('a b'));t(()=>qs.unescape('%zz%20'));
  t(()=>qs.stringify({a:'\ud800'}));
  t(() => Object.keys(qs).sort());
  return out;
};
