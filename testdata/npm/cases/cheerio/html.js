const cheerio = require('cheerio');
const slim = require('cheerio/slim');
const { all } = require('../_attempt');

const page = `<!doctype html><html lang="de"><head><title>Grüße &amp; mehr</title><meta name="a" content="b"></head><body class="x y">
<h1 id=top>Titel <em>wichtig</em></h1><ul><li class="a" data-n="1" data-o='{"p":2}'>eins</li><li class=b>zwei<li>drei</ul>
<table><tr><td>1</td><td>2</td></tr><tr><td>3<td>4</table><form><input name=q value="&quot;x&quot;"><input type=checkbox name=c checked><select name=s><option value=1>a<option value=2 selected>b</select><textarea name=t>text</textarea></form>
<p>one<br>two<p>three<script>if (a < b) { "<\\/p>" }</script><svg viewBox="0 0 1 1"><path d="M0"/></svg><a href="/rel?x=1&y=2">link</a><!-- comment --></body></html>`;

exports.main = async ({ url }) => {
  const $ = cheerio.load(page);
  return all({
    html: () => $.html(),
    text: () => [$('title').text(), $('h1').text(), $('li').text(), $.text().replace(/\s+/g, ' ').trim()],
    select: () => ['li', 'li.a', 'li:nth-child(2)', 'ul > li:first-child', 'td:contains(3)', '[data-n]', 'li:not(.a)', 'body.x.y h1#top', 'td + td', 'h1 ~ p', 'input[name^=q]', ':checked', 'p:has(br)', 'li:eq(1)', 'li:odd', 'a[href*="?x"]', ':header', 'tr:last td'].map((s) => [s, $(s).length, $(s).first().text()]),
    attributes: () => [$('li').attr('class'), $('li').data(), $('input').val(), $('select').val(), $('a').prop('href'), $('h1').attr(), $('body').hasClass('y'), $('input:checkbox').is(':checked'), $('a').prop('tagName')],
    traverse: () => [$('li').eq(1).prev().text(), $('li').last().index(), $('td').parent().length, $('td').closest('table').length, $('ul').children().length, $('em').parents().map((i, e) => e.tagName).get(), $('li.a').siblings().length, $('ul').find('.b').text(), $('h1').contents().length, $('li').filter((i) => i > 0).length, $('li').slice(-1).text(), $('h1').nextAll().length],
    map: () => [$('li').map((i, e) => `${i}${$(e).text()}`).get(), $('tr').toArray().map((r) => $(r).find('td').toArray().map((c) => $(c).text()))],
    form: () => [$('form').serialize(), $('form').serializeArray()],
    change: () => {
      const $$ = cheerio.load('<ul><li>1</li></ul>', null, false);
      $$('li').addClass('n').attr('data-x', 'ü"<').text('a < b').after('<li>2</li>').before('<li>0');
      $$('ul').append('<li>3</li>', '<li>4</li>').prepend($$('<li>').text('-1')).wrap('<div class="w"></div>');
      $$('li').last().remove();
      $$('li').eq(1).replaceWith('<b>r</b>');
      $$('li').first().css({ color: 'red', 'font-size': '2px' }).toggleClass('t n').removeAttr('data-y').html('<i>h</i>');
      return [$$.html(), $$('li').css('color'), $$('div').html()];
    },
    extract: () => $.extract({ title: 'title', items: ['li'], link: { selector: 'a', value: 'href' }, rows: [{ selector: 'tr', value: { first: 'td', all: ['td'] } }] }),
    xml: () => { const x = cheerio.load('<?xml version="1.0"?><r xmlns:a="u"><a:b c="1"/><D>t&amp;</D><![CDATA[x<y]]></r>', { xml: true }); return [x.xml(), x('a\\:b').attr('c'), x('D').text()]; },
    slim: () => { const s = slim.load('<div><p>a<p>b</div>'); return [s.html(), s('p').length]; },
    entities: () => cheerio.load('&euro;&nbsp;&lt;&#x1F600;&notit;&copy', null, false).html(),
    broken: () => cheerio.load('<p><b>x<i>y</b>z</i><table><div>foster</div><tr><td>c</table></p>', null, false).html(),
    fragment: () => [cheerio.load('<td>x</td>', null, false).html(), $('<p>new</p><p>two</p>').length, $.parseHTML('<b>x</b>').length],
    fromURL: () => cheerio.fromURL(`${url}/status/200?type=text/html&body=<h1>remote</h1>`).then((c) => c('h1').text()),
    buffer: () => cheerio.loadBuffer(Buffer.from('<meta charset="iso-8859-1"><p>Gr\xfc\xdfe', 'latin1'))('p').text(),
    stream: () => new Promise((resolve, reject) => { const s = cheerio.stringStream({}, (e, c) => (e ? reject(e) : resolve(c('p').text()))); s.write('<p>on'); s.end('e</p>'); }),
    badSelector: () => $('li:nothing(').length,
    large: () => { const rows = Array.from({ length: 1500 }, (_, i) => `<tr><td>${i}</td><td>v${i}</td></tr>`).join(''); const big = cheerio.load(`<table>${rows}</table>`); return [big('tr').length, big('td').last().text()]; },
  });
};
