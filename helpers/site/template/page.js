(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");
  function store(key, value) { try { if (value === undefined) { return localStorage.getItem(key); } localStorage.setItem(key, value); } catch (e) { return null; } }

  var themeSwitch = document.getElementById("theme-switch");
  function dark() { return root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches; }
  function setTheme(name) { if (name) { root.dataset.theme = name; } if (themeSwitch) { themeSwitch.textContent = dark() ? "Light" : "Dark"; } }
  setTheme(store("theme"));
  if (themeSwitch) { themeSwitch.hidden = false; themeSwitch.addEventListener("click", function () { var name = dark() ? "light" : "dark"; store("theme", name); setTheme(name); }); }

  var codeSwitch = document.getElementById("code-switch");
  if (codeSwitch) {
    codeSwitch.hidden = false;
    codeSwitch.addEventListener("click", function () {
      var open = codeSwitch.getAttribute("aria-pressed") !== "true";
      codeSwitch.setAttribute("aria-pressed", String(open));
      codeSwitch.textContent = open ? "Hide code" : "Show code";
      root.classList.toggle("show-code", open);
      document.querySelectorAll("details.code").forEach(function (part) { part.open = open; });
    });
  }

  // contents and years: folded on a phone, open where there is room
  var wide = matchMedia("(min-width: 60.01rem)");
  function fold() { document.querySelectorAll("details.fold").forEach(function (part) { part.open = wide.matches; }); }
  fold(); wide.addEventListener("change", fold);

  // a row of more than three columns is a card on a phone; the roles are what `display: block` would take away
  function cards(table) {
    var heads = Array.prototype.map.call(table.tHead.rows[0].cells, function (cell) { return cell.textContent; });
    if (heads.length < 4) { return; }
    table.classList.add("cards"); table.setAttribute("role", "table");
    Array.prototype.forEach.call(table.rows, function (row) {
      row.setAttribute("role", "row");
      Array.prototype.forEach.call(row.cells, function (cell, column) {
        cell.setAttribute("role", cell.tagName === "TD" ? "cell" : row.parentNode === table.tHead ? "columnheader" : "rowheader");
        cell.dataset.head = heads[column];
      });
    });
    Array.prototype.forEach.call([table.tHead, table.tBodies[0]], function (part) { part.setAttribute("role", "rowgroup"); });
  }

  function value(cell) {
    var text = cell.textContent.trim(), number = parseFloat(text.replace(/[,\s%]/g, ""));
    if (cell.tagName === "TH" && !cell.classList.contains("number")) { return text.toLowerCase(); }  // target 2.10 comes after 2.9
    return /^[-+]?[\d,.]+\s*%?$/.test(text) ? number : text.toLowerCase();
  }
  function sortable(table) {
    var body = table.tBodies[0];
    if (!body || body.rows.length < 3) { return; }
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, column) {
      var button = document.createElement("button");
      button.type = "button"; button.className = "sort"; button.textContent = head.textContent;
      head.textContent = ""; head.appendChild(button);
      button.addEventListener("click", function () {
        var sorted = head.getAttribute("aria-sort"), rows = Array.prototype.slice.call(body.rows);
        var figures = rows.some(function (row) { return typeof value(row.cells[column]) === "number"; });
        var up = sorted ? sorted === "descending" : !figures;  // figures largest first, names from A on
        Array.prototype.forEach.call(table.tHead.rows[0].cells, function (other) { other.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        rows.sort(function (a, b) {
          var x = value(a.cells[column]), y = value(b.cells[column]);
          if (x === "–" || y === "–") { return x === y ? 0 : x === "–" ? 1 : -1; }
          if (typeof x !== typeof y) { x = String(x); y = String(y); }
          var order = typeof x === "number" ? x - y : x.localeCompare(y, undefined, { numeric: true });
          return up ? order : -order;
        }).forEach(function (row) { body.appendChild(row); });
      });
    });
  }
  function searchable(table) {
    var body = table.tBodies[0], scroll = table.closest(".scroll");
    if (!body || body.rows.length < 9 || !scroll) { return; }
    var label = document.createElement("label"), input = document.createElement("input"), count = document.createElement("span");
    label.className = "search"; input.type = "search"; count.setAttribute("role", "status");
    label.appendChild(document.createTextNode("Search in this table ")); label.appendChild(input);
    scroll.parentNode.insertBefore(label, scroll); label.appendChild(count);
    input.addEventListener("input", function () {
      var words = input.value.toLowerCase().split(/\s+/).filter(Boolean), shown = 0;
      Array.prototype.forEach.call(body.rows, function (row) {
        var text = row.textContent.toLowerCase(), hit = words.every(function (word) { return text.indexOf(word) !== -1; });
        row.hidden = !hit; if (hit) { shown += 1; }
      });
      count.textContent = words.length ? " " + shown + " of " + body.rows.length + " rows" : "";
    });
  }
  function standalone(svg) {
    var text = new XMLSerializer().serializeToString(svg).replace(/var\(--\w+,\s*(#[0-9a-f]{6})\)/gi, "$1");
    return text.replace("<svg ", '<svg font-family="DejaVu Sans, Arial, sans-serif" ');
  }
  function offer(href, name) { var link = document.createElement("a"); link.href = href; link.download = name; document.body.appendChild(link); link.click(); link.remove(); }
  function reveal() {
    var target = null;
    try { target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch (e) { /* no such anchor */ }
    for (var part = target; part; part = part.parentElement) { if (part.tagName === "DETAILS") { part.open = true; } }
    // a row in the middle, where neither its table's head nor the bar lies on it
    if (target) { target.scrollIntoView({ block: /^line-/.test(target.id) ? "center" : "start" }); }
  }
  window.addEventListener("hashchange", reveal);
  window.addEventListener("load", function () { requestAnimationFrame(reveal); }); // after the browser's own jump
  document.querySelectorAll("button[data-save]").forEach(function (button) {
    button.hidden = false;
    button.setAttribute("aria-label", button.textContent + " of this figure");
    button.addEventListener("click", function () {
      var svg = button.closest("figure").querySelector("svg"), text = standalone(svg), name = button.dataset.name + "." + button.dataset.save;
      var data = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
      if (button.dataset.save === "svg") { offer(data, name); return; }
      var image = new Image(), box = svg.viewBox.baseVal, canvas = document.createElement("canvas");
      canvas.width = box.width * 3; canvas.height = box.height * 3;
      image.width = canvas.width; image.height = canvas.height;
      image.onload = function () {
        var context = canvas.getContext("2d");
        context.fillStyle = "#ffffff"; context.fillRect(0, 0, canvas.width, canvas.height);
        context.drawImage(image, 0, 0, canvas.width, canvas.height);
        offer(canvas.toDataURL("image/png"), name);
      };
      image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text.replace("<svg ", '<svg width="' + canvas.width + '" height="' + canvas.height + '" '));
    });
  });
  document.querySelectorAll("table.data-table").forEach(function (table) { cards(table); sortable(table); searchable(table); });
  reveal();
})();
