const url=require('url');
exports.main = async () => {
  const out=[];
  const t=(f)=>{try{out.push(f())}catch(e){out.push([e.name,e.code,e.message,Object.keys(e)])}};
  for (const u of ['http://u:p@Ex.com:80/a b?x=1&x[a]=2#h','/a?b=c#d','//h/x','mailto:a@b','file:///a/b','HTTP://A.com','http://a.com?x','javascript:alert(1)','x:1','http://[::1]:8/','a/b','','http://ä.com/ä?ä','  http://x/y  ','http:\\\\a\\b?c\\d','git+ssh://git@x.com:a/b','http://a@b@c/','http://a.com/{x}|"<>','?a=1','#x','http://user:pa%20ss@h/','http://h:/x','http://x.y.com+a/b/c','coap:u:p@::1:61616/x?n=v#f','http://a%b/','http://a b/'])
    for (const q of [false,true]) for (const s of [false,true]) t(()=>url.parse(u,q,s));
  t(()=>url.parse()); t(()=>url.parse('http://[::1'));
  for (const [a,b] of [['http://a/b/c','../d'],['http://a/b/c','//x/y'],['/one/two','three'],['http://a/b','https:c'],['http://a/b?c','?d'],['http://a/b','#x'],['http://a','b'],['mailto:a@b','c'],['/a/b/../c','./d/'],['http://a/b/','..'],['.','x'],['http://e.com','mailto:x@y'],['http://u:p@e.com/','http://e.com/x'],['','a'],['a',''],['file:///a','b'],['fred:///s//a/b/c','../../d'],['http:/x','y']]) t(()=>[url.resolve(a,b),url.resolveObject(a,b)]);
  t(()=>url.format({protocol:'http',hostname:'::1',port:3,pathname:'a?b#c',query:{a:[1,2],b:''},hash:'x'}));
  t(()=>url.format({host:'a:1',protocol:'file'}));t(()=>url.format('http://a b/c'));t(()=>url.format(1));t(()=>url.format(null));
  t(()=>url.format(new URL('http://u:p@münchen.de:8/x?y#z'),{unicode:true,auth:false,fragment:false,search:false}));
  for (const p of ['/a b','/a%2fb','a','/x/','/q?x#y','/ä']) t(()=>url.pathToFileURL(p).pathname.endsWith(p)||url.pathToFileURL('/'+p).href);
  for (const p of ['http://x','file://h/x','file:///a%2fb',1,'file:///a%20b',new URL('file:///x')]) t(()=>url.fileURLToPath(p));
  t(()=>url.urlToHttpOptions(new URL('http://u:p@[::1]:8/b?c#d'))); 
  t(()=>url.domainToASCII('español.com'));t(()=>url.domainToUnicode('xn--espaol-zwa.com'));t(()=>url.domainToASCII('xn--iñvalid.com'));
  return out;
};
