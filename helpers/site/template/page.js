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
  if (!wide.matches) { document.querySelectorAll("details.part").forEach(function (part) { part.open = false; }); }
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

  // of many cards a phone shows the first six, and a button for all
  function few(table) {
    var rows = table.tBodies[0].rows.length, button = document.createElement("button");
    if (rows < 9 || !table.classList.contains("cards")) { return; }
    table.classList.add("few"); button.type = "button"; button.className = "all"; button.textContent = "All " + rows + " rows";
    button.addEventListener("click", function () { table.classList.remove("few"); });
    table.parentNode.insertBefore(button, table.nextSibling);
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
      scroll.querySelector("table").classList.remove("few");
      var words = input.value.toLowerCase().split(/\s+/).filter(Boolean), shown = 0;
      Array.prototype.forEach.call(body.rows, function (row) {
        var text = row.textContent.toLowerCase(), hit = words.every(function (word) { return text.indexOf(word) !== -1; });
        row.hidden = !hit; if (hit) { shown += 1; }
      });
      count.textContent = words.length ? " " + shown + " of " + body.rows.length + " rows" : "";
    });
  }
  function words(text, lines, width) {
    var pen = document.createElement("canvas").getContext("2d"), rest = [];
    // an address longer than a line goes on in the next
    text.split(" ").forEach(function (word) { rest = rest.concat(word.match(new RegExp(".{1," + Math.floor(width / 8) + "}", "g")) || []); });
    lines.forEach(function (line, index) {
      pen.font = line.getAttribute("font-size") + "px sans-serif";
      for (var said = ""; rest.length && (!said || index === lines.length - 1 || pen.measureText(said + " " + rest[0]).width <= width); ) { said = (said + " " + rest.shift()).trim(); }
      line.textContent = said;
    });
  }
  function cited(figure) { return figure.dataset.cited + " " + address(figure); }
  function address(figure) { return location.href.split("#")[0] + "#" + figure.id; }
  function picture(figure, set) {
    var frame = figure.querySelector('template[data-set="' + set + '"]').content.firstElementChild.cloneNode(true);
    var slot = frame.querySelector(".slot"), drawing = figure.querySelector("svg.wide").cloneNode(true), lines = Array.prototype.slice.call(frame.querySelectorAll(".cited"));
    slot.appendChild(drawing);
    words(cited(figure), lines, Number(lines[0].dataset.width));
    return new XMLSerializer().serializeToString(frame).replace(/var\(--\w+,\s*(#[0-9a-f]{6})\)/gi, "$1");
  }
  // a designation tells its title on hover, as a cited line its row; both lead to it, too
  document.querySelectorAll('td a[href^="#text-"]').forEach(function (link) {
    link.title = document.getElementById(link.hash.slice(1)).lastElementChild.textContent;
  });
  function offer(href, name) { var link = document.createElement("a"); link.href = href; link.download = name; document.body.appendChild(link); link.click(); link.remove(); }
  function reveal() {
    var target = null;
    try { target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch (e) { /* no such anchor */ }
    for (var part = target; part; part = part.parentElement) { if (part.tagName === "DETAILS") { part.open = true; } part.classList.remove("few"); }
    if (target) { target.querySelectorAll(":scope > details.part:only-of-type").forEach(function (part) { part.open = true; }); }
    // a row in the middle, where neither its table's head nor the bar lies on it
    if (target) { target.scrollIntoView({ block: /^line-/.test(target.id) ? "center" : "start" }); }
  }
  window.addEventListener("hashchange", reveal);
  window.addEventListener("load", function () { requestAnimationFrame(reveal); }); // after the browser's own jump
  document.querySelectorAll("button[data-save]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      var figure = button.closest("figure"), text = picture(figure, button.dataset.set), name = button.dataset.name + (button.dataset.set === "slide" ? "-slide" : "");
      var data = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
      if (button.dataset.save === "svg") { offer(data, name + ".svg"); return; }
      var image = new Image(), canvas = document.createElement("canvas");
      image.onload = function () {
        canvas.width = image.width * 2; canvas.height = image.height * 2;
        canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
        offer(canvas.toDataURL("image/png"), name + ".png");
      };
      image.src = data;
    });
  });
  function copy(text, done) {
    function byHand() {
      var area = document.createElement("textarea");
      area.value = text; document.body.appendChild(area); area.select();
      if (document.execCommand("copy")) { done(); }
      area.remove();
    }
    if (navigator.clipboard) { navigator.clipboard.writeText(text).then(done, byHand); } else { byHand(); }
  }
  document.querySelectorAll("button[data-copy]").forEach(function (button) {
    var said = button.textContent;
    button.hidden = false;
    button.addEventListener("click", function () {
      var figure = button.closest("figure");
      copy(button.dataset.copy === "link" ? address(figure) : figure.querySelector("figcaption").textContent.trim() + ". " + cited(figure), function () {
        button.textContent = "Copied"; setTimeout(function () { button.textContent = said; }, 2000);
      });
    });
  });
  // every mark says its value: the nearest to a pointer or finger, and by arrow keys one after the other
  function speaking(drawing) {
    var bubble = document.createElement("div"), at = -1, pointed = null;
    bubble.className = "says"; bubble.hidden = true; bubble.setAttribute("role", "status");
    drawing.tabIndex = 0; drawing.parentNode.insertBefore(bubble, drawing.nextSibling);
    function marks() {
      return Array.prototype.filter.call(drawing.querySelectorAll("[data-says]"), function (mark) { return mark.getClientRects().length; });
    }
    function quiet() { if (pointed) { pointed.classList.remove("pointed"); } pointed = null; bubble.hidden = true; }
    function show(mark) {
      quiet(); pointed = mark; mark.classList.add("pointed");
      bubble.textContent = mark.dataset.says; bubble.hidden = false;
      var box = mark.getBoundingClientRect(), around = bubble.offsetParent.getBoundingClientRect();
      var left = box.left + box.width / 2 - around.left - bubble.offsetWidth / 2;
      bubble.style.left = Math.max(0, Math.min(left, around.width - bubble.offsetWidth)) + "px";
      bubble.style.top = box.top - around.top - bubble.offsetHeight - 8 + "px";
    }
    function nearest(event) {
      var best = null, least = 40;
      marks().forEach(function (mark, index) {
        var box = mark.getBoundingClientRect();
        var far = Math.hypot(Math.max(box.left - event.clientX, 0, event.clientX - box.right), Math.max(box.top - event.clientY, 0, event.clientY - box.bottom));
        if (far < least) { least = far; best = mark; at = index; }
      });
      if (!best) { quiet(); } else if (best !== pointed) { show(best); }
    }
    drawing.addEventListener("pointermove", nearest);
    drawing.addEventListener("pointerdown", nearest);
    drawing.addEventListener("pointerleave", function (event) { if (event.pointerType === "mouse") { quiet(); } });
    drawing.addEventListener("blur", quiet);
    drawing.addEventListener("keydown", function (event) {
      var step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key], all = marks();
      if (event.key === "Escape") { quiet(); }
      if (!step || !all.length) { return; }
      event.preventDefault(); at = (at + step + all.length) % all.length; show(all[at]);
    });
    drawing.addEventListener("focus", function () { var all = marks(); if (all.length && !pointed && drawing.matches(":focus-visible")) { at = Math.max(at, 0); show(all[at]); } });
  }
  document.querySelectorAll(".drawing").forEach(speaking);
  document.querySelectorAll("table.data-table").forEach(function (table) { cards(table); few(table); sortable(table); searchable(table); });
  reveal();
})();
