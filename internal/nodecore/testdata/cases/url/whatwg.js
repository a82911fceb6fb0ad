exports.main = async () => {
  const out = [];
  const t = (f) => { try { out.push(f()); } catch (e) { out.push([e.name, e.code, e.message, Object.keys(e)]); } };
  for (const u of ['http://x','x','http://a:99999','http://a b','//x','data:,x','blob:http://a/b','mailto:x','http://A.com:80/../b/./c?x y#z z','file:///C|/x','ws://u:p@h:80','http://1.2','http://0x7f.1','http://[::1:2]','http://a/%zz?%zz','http://a/^`{}|?^\'#^`','non-special://h:80/p','http://ex ample','http://münchen.de/ü?ü#ü','https://x:443/',' http://y ','http://a\tb/\nc','http://user@/x','http://?','http:///x','javascript:1','http://a?b?c#d#e'])
    t(()=>{const x=new URL(u);return [x.href,x.origin,x.protocol,x.username,x.password,x.host,x.hostname,x.port,x.pathname,x.search,x.hash]});
  t(()=>new URL('../x?y','http://a/b/c/d').href); t(()=>new URL('x','y')); t(()=>new URL()); t(()=>URL.canParse('x')); t(()=>JSON.stringify({u:new URL('http://a')}));
  const U=()=>new URL('http://u:p@h.com:8080/p/a?q=1#f');
  for (const [k,vs] of Object.entries({protocol:['https','ftp:','foo','x:'],username:['a b',''],password:['p@'],host:['x.y:1','','a:80','[::1]','a/b'],hostname:['z','','a:1'],port:['','99999','80','1a','x'],pathname:['a b','','/x?y','../..'],search:['','?','a=b','?a#b'],hash:['','x','#y z']}))
    for (const v of vs) t(()=>{const x=U();x[k]=v;return [k,v,x.href]});
  t(()=>{const x=U();x.href='bad'});
  t(()=>{const x=U();x.searchParams.append('z','1 2');x.searchParams.delete('q');const a=x.href;x.search='?m=n';return [a,x.searchParams.toString(),x.searchParams.get('m')]});
  t(()=>{const x=new URL('http://a/?b');x.searchParams.delete('b');return x.href});
  const P=URLSearchParams;
  for (const i of ['a=1&b=2&a=3','?x=%20+&y','a=%zz&%ff=%c3%28','',{a:1,b:[1,2]},[['a','b'],['c','d']],new Map([['k','v']]),[['a']],[1],null,undefined,5,new P('a=b'),'=&&=x&y==z','a=~!*()\'-._ü€𝒳'])
    t(()=>{const p=new P(i);return [p.toString(),[...p],p.size]});
  t(()=>{const p=new P('c=1&a=2&b=3&a=1');p.sort();p.set('a','9');p.append('q','\ud800');return [p.toString(),p.getAll('a'),p.has('a','9'),p.has('a','8'),p.get('zz'),[...p.keys()],[...p.values()]]});
  t(()=>new P().append('a'));t(()=>P.prototype.get.call({},'a'));t(()=>Object.prototype.toString.call(new P()));t(()=>Object.prototype.toString.call(new P().entries()));
  const o=[];new P('a=1&b=2').forEach((v,k)=>o.push(k+v));out.push(o);
  console.log(new URL('http://u:p@a.com/x?y=1#z'), new P('a=1&b=2'), [new P()], new URL('http://b/?q=1').searchParams.keys());
  return out;
};
