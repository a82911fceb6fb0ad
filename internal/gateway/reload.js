// Reloads the page that includes this script whenever fns serves a change.
(function () {
  var script = document.currentScript;
  var url = script ? script.src.replace(/\.js(\?.*)?$/, '') : '/_fns/reload';
  var boot;
  var source = new EventSource(url);
  source.addEventListener('hello', function (event) {
    if (boot && boot !== event.data) location.reload();
    boot = event.data;
  });
  source.addEventListener('reload', function () { location.reload(); });
})();
