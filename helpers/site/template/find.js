(function () {
  "use strict";
  var FIRST = 20, data = JSON.parse(document.getElementById("records").textContent);
  var input = document.getElementById("find"), count = document.getElementById("count"), found = document.getElementById("found");
  var rows = [], made = new Set(data.made), narrowed = {}, whole = {}; // by kind: { group, year }; whether all rows are shown
  data.kinds.forEach(function (kind, place) {
    kind.rows.forEach(function (row) {
      rows.push({ id: rows.length, kind: place, title: row[0], text: kind.texts ? kind.texts[row[1]] : row[1] || "", group: row[2] || "", year: row[3] || "", place: row[4], section: row[5] || "", refers: row[6] || [] });
    });
  });

  function section(row) { return row.section && (/^\d/.test(row.section) ? "section " : "") + row.section; }

  // Y.3800, C22/INF/5 and 1.7 are words; so are the parts of Asia-Pacific; "SG 17" and "Study Group 17" are SG17
  function tokens(text) {
    var plain = text.replace(/\b(?:study groups?|sg)\s*(\d)/gi, "sg$1").replace(/\b([a-z]{1,3}) series\b/gi, "$1-series");
    return plain.match(/[\p{L}\p{N}]+(?:[./&-][\p{L}\p{N}]+)*/gu) || [];
  }
  function parts(text) {
    return tokens(text).reduce(function (all, token) {
      return all.concat(token, /-/.test(token) && !/-series$/.test(token) ? token.split("-").filter(function (part) { return /^\p{L}{3,}/u.test(part); }) : []);
    }, []);
  }
  var search = new MiniSearch({
    fields: ["title", "text", "other"], tokenize: parts, autoVacuum: false,
    extractField: function (row, field) {
      if (field !== "other") { return row[field]; }
      var kind = data.kinds[row.kind], series = kind.series && /^[A-Z]+(?=[. ])/.exec(row.title);
      return [row.group, row.year, section(row), row.refers.join(" "), series && series[0] + " series"].filter(Boolean).join(" ; ");
    },
    searchOptions: {
      tokenize: tokens, combineWith: "AND", boost: { title: 3 },
      // "X" is a series and not all that starts with an x, 70 not 700, SG1 not SG17
      prefix: function (term) { return !/^(.|[\d.]+|sg\d+)$/.test(term); }
    }
  });

  function element(name, content, more) {
    var made = Object.assign(document.createElement(name), more || {});
    [].concat(content).forEach(function (part) { made.append(part); });
    return made;
  }
  function link(text, href) { return element("a", text, { href: href }); }
  function query(words) { return "#q=" + encodeURIComponent(words); }

  function tally(hits, key, place, name) {
    var counts = new Map();
    hits.forEach(function (row) { if (row[key]) { counts.set(row[key], (counts.get(row[key]) || 0) + 1); } });
    var chosen = (narrowed[place] || {})[key], every = Array.from(counts);
    every.sort(key === "year" ? function (a, b) { return b[0] - a[0]; } : function (a, b) { return b[1] - a[1]; });
    if (!every.length || (every.length === 1 && !chosen)) { return ""; }
    return element("p", [element("span", "By " + name + ": ")].concat(every.slice(0, 12).map(function (entry) {
      var button = element("button", entry[0] + ": " + entry[1].toLocaleString("en"), { type: "button" });
      button.setAttribute("aria-pressed", String(chosen === entry[0])); button.dataset.key = [place, key, entry[0]].join("|");
      button.addEventListener("click", function () {
        narrowed[place] = Object.assign({}, narrowed[place]); narrowed[place][key] = chosen === entry[0] ? undefined : entry[0];
        again(button.dataset.key);
      });
      return button;
    }), every.length > 12 ? " and " + (every.length - 12) + " more" : ""), { className: "tally" });
  }
  function shownOn(kind, year) {
    var places = kind.pages.map(function (page) {
      var name = [year, "all"].map(function (part) { return kind.edition + "/" + part + "/" + page[0]; }).find(function (name) { return made.has(name); });
      return name && link(page[1] + (year && name.split("/")[1] === year ? ", " + year : ""), name + ".html");
    }).filter(Boolean);
    return places.length ? element("p", ["Shown on "].concat(places.flatMap(function (page, at) { return at ? [" · ", page] : [page]; })), { className: "source" }) : "";
  }
  function item(row, kind) {
    var place = row.place, said = [typeof place === "string" ? link(row.title, place) : element("strong", row.title)];
    if (row.text) { said.push(" ", row.text); }
    [row.group, row.year].forEach(function (part) { if (part && (row.title + row.text).indexOf(part) < 0) { said.push(" · " + part); } });
    if (typeof place === "number") { said.push(" · ", link(section(row) + (row.section && ", ") + "line " + place, kind.place + "#line-" + place)); }
    row.refers.forEach(function (to, at) { said.push(at ? ", " : " · refers to ", link(to, query(to))); });
    return element("li", said);
  }
  function part(hits, place) {
    var kind = data.kinds[place], chosen = narrowed[place] || {};
    var left = hits.filter(function (row) { return ["group", "year"].every(function (key) { return !chosen[key] || row[key] === chosen[key]; }); });
    var of = left.length < hits.length ? left.length.toLocaleString("en") + " of " : "", id = "kind-" + place;
    var made = element("section", [
      element("h2", kind.title + ": " + of + hits.length.toLocaleString("en"), { id: id, tabIndex: -1 }),
      tally(hits, "group", place, kind.by || "group"), tally(hits, "year", place, "year"), shownOn(kind, chosen.year),
      element("ul", left.slice(0, whole[place] ? left.length : FIRST).map(function (row) { return item(row, kind); }))
    ]);
    made.setAttribute("aria-labelledby", id);
    if (left.length > FIRST && !whole[place]) {
      var more = element("button", "All " + left.length.toLocaleString("en"), { type: "button", className: "more" });
      more.addEventListener("click", function () { whole[place] = true; again(); document.getElementById(id).focus({ preventScroll: true }); });
      made.append(more);
    }
    if (/\.csv$/.test(kind.place)) { made.append(element("p", link("The table as CSV", kind.place), { className: "source" })); }
    return made;
  }
  function jump(entry) { // the address stays the question's
    var button = element("button", data.kinds[entry[0]].title + ": " + entry[1].length.toLocaleString("en"), { type: "button", className: "take" });
    button.addEventListener("click", function () { var head = document.getElementById("kind-" + entry[0]); head.scrollIntoView(); head.focus(); });
    return element("li", button);
  }
  function again(pressed) {
    var words = input.value.trim(), hits = words ? search.search(words).map(function (hit) { return rows[hit.id]; }) : [], kinds = new Map();
    hits.forEach(function (row) { if (!kinds.has(row.kind)) { kinds.set(row.kind, []); } kinds.get(row.kind).push(row); });
    var number = words ? hits.length : rows.length;
    count.textContent = number ? number.toLocaleString("en") + (number === 1 ? " record" : " records") : "No record has all these words.";
    kinds = Array.from(kinds).sort(function (a, b) { return a[0] - b[0]; });
    found.replaceChildren.apply(found, kinds.map(function (entry) { return part(entry[1], entry[0]); }));
    if (kinds.length > 1) { found.prepend(element("ul", kinds.map(jump), { className: "jumps" })); }
    if (pressed) { found.querySelectorAll("[data-key]").forEach(function (one) { if (one.dataset.key === pressed) { one.focus(); } }); }
  }
  function asked() { narrowed = {}; whole = {}; again(); }
  function fromAddress() {
    var words = /^#q=(.*)/.exec(location.hash);
    if (words) { try { input.value = decodeURIComponent(words[1]); } catch (e) { return; } asked(); input.focus(); scrollTo(0, 0); }
  }
  input.addEventListener("input", function () { history.replaceState(null, "", query(input.value.trim())); asked(); });
  input.form.addEventListener("submit", function (event) { event.preventDefault(); });
  window.addEventListener("hashchange", fromAddress);
  fromAddress(); // and again when all records are in the index
  search.addAllAsync(rows, { chunkSize: 1000 }).then(function () { document.body.dataset.ready = "true"; if (input.value) { again(); } });
})();
