const { parse, valid, NodeType, HTMLElement, TextNode } = require('node-html-parser');
const { all } = require('../_attempt');

const page = `<!doctype html><html><head><title>Grüße &amp; mehr</title><style>p { color: red }</style></head><body class="x y" data-n='1'><h1 id=top>Titel <em>wichtig</em></h1><ul><li class="a">eins</li><li class=b>zwei<li>drei</ul><p>one<br>two<p>three<script>if (a < b) {}</script><!-- c --><pre>  a
  b</pre><input disabled value="q&quot;"><a href="/x?a=1&b=2">link</a></body></html>`;

exports.main = () => {
  const root = parse(page, { comment: true });
  return all({
    html: () => [root.toString(), parse(page).toString().length],
    text: () => [root.querySelector('title').text, root.querySelector('title').rawText, root.querySelector('h1').structuredText, root.structuredText, root.querySelector('ul').innerText],
    select: () => ['li', 'li.a', '#top', 'ul > li', 'li:nth-child(2)', '[data-n]', 'h1 em', 'body.x.y', 'li + li', 'a[href^="/x"]', 'p, pre', 'li:not(.a)', ':first-child'].map((s) => [s, root.querySelectorAll(s).length, (root.querySelector(s) || { text: null }).text]),
    elements: () => [root.getElementById('top').tagName, root.getElementsByTagName('li').length, root.querySelector('li').parentNode.rawTagName, root.querySelector('em').closest('body').classNames, root.querySelector('ul').childNodes.map((n) => n.nodeType), root.querySelector('ul').firstElementChild.text, root.querySelector('.a').nextElementSibling.text],
    attributes: () => { const b = root.querySelector('body'); return [b.attributes, b.rawAttributes, b.getAttribute('class'), root.querySelector('input').attributes, root.querySelector('a').getAttribute('href'), b.hasAttribute('none'), b.classList.contains('y')]; },
    change: () => { const r = parse('<div><p class="a">x</p></div>'); const p = r.querySelector('p'); p.setAttribute('title', 'a "b" <c>'); p.classList.add('n'); p.classList.toggle('a'); p.set_content('<b>y</b>'); p.insertAdjacentHTML('afterend', '<i>z</i>'); p.removeAttribute('none'); r.querySelector('div').appendChild(parse('<u>u</u>')); r.querySelector('i').replaceWith('text'); r.querySelector('u').remove(); p.innerHTML += '!'; p.textContent = 'a < b'; return r.toString(); },
    clone: () => { const c = root.querySelector('ul').clone(); return c.toString(); },
    structure: () => root.querySelector('body').structure,
    whitespace: () => parse('<p> a <b> b </b>\n</p>').removeWhitespace().toString(),
    trim: () => parse('<a>x<b>stop</b></a>').trimRight(/stop/).toString(),
    valid: () => [valid('<p>x</p>'), valid('<p><b>x</p>'), NodeType, new TextNode('x &lt;').text, root instanceof HTMLElement],
    broken: () => ['<div><p>a</div>', '<a><a>x</a>', '</p>x', '<p', '<img src=x><br/>', '<td>x</td>'].map((h) => parse(h).toString()),
    lower: () => parse('<DIV Class="A"><BR></DIV>', { lowerCaseTagName: true, voidTag: { closingSlash: true } }).toString(),
    range: () => root.querySelector('em').range,
    large: () => parse(`<table>${Array.from({ length: 1000 }, (_, i) => `<tr><td>${i}</td></tr>`).join('')}</table>`).querySelectorAll('td').length,
  });
};
