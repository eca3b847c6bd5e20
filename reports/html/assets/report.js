/* The interactive map of report.html. The page is complete without it: on any failure the fixed maps stay. */
(function () {
"use strict";
var SVG = "http://www.w3.org/2000/svg", MANY = 3000, MOST_LABELS = 20;
var byId = function (id) { return document.getElementById(id); };
var app = byId("map-app"), holder = byId("map"), dataElement = byId("map-data");
if (!app || !dataElement) return;

function fail() {
  byId("map-failed").hidden = false;
  document.documentElement.dataset.map = "failed";
}

function unpack(text) {
  var raw = atob(text), bytes = new Uint8Array(raw.length);
  for (var i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
}

function make(name, attributes, parent) {
  var e = document.createElementNS(SVG, name);
  for (var k in attributes) e.setAttribute(k, attributes[k]);
  if (parent) parent.appendChild(e);
  return e;
}

function html(name, text, parent, className) {
  var e = document.createElement(name);
  if (text !== undefined && text !== null) e.textContent = text;
  if (className) e.className = className;
  if (parent) parent.appendChild(e);
  return e;
}

function fold(text) {
  return text.toLowerCase().replace(/œ/g, "oe").normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[^a-z0-9]+/g, " ").trim();
}

/* --- shapes: a path and a box a place, from shared borders or from points --- */
function shapesOf(data) {
  if (data.topology) {
    var path = mapLibrary.geoPath(mapLibrary.geoIdentity());
    return mapLibrary.feature(data.topology, data.topology.objects.places).features.map(function (f) {
      return { d: path(f) || "", box: path.bounds(f) };
    });
  }
  var r = Math.min(150, Math.max(14, 0.4 * Math.sqrt(data.width * data.height / data.names.length)));
  return data.names.map(function (name, i) {
    var x = data.points[2 * i], y = data.points[2 * i + 1];
    if (x === null) return { d: "", box: [[1, 1], [0, 0]] };
    return { d: "M" + (x - r) + " " + y + "a" + r + " " + r + " 0 1 0 " + 2 * r + " 0a" + r + " " + r + " 0 1 0 " + -2 * r + " 0z",
             box: [[x - r, y - r], [x + r, y + r]] };
  });
}

function start(data) {
  var words = data.words, shapes = shapesOf(data), onCanvas = shapes.length > MANY;
  var transform = mapLibrary.zoomIdentity, unit = 10, chosen = -1, view = null, drawn = [];
  var picker = document.createElement("canvas").getContext("2d");
  var paths = shapes.map(function (s) { return s.path || null; });
  var order = data.population.map(function (n, i) { return i; }).sort(function (a, b) { return data.population[b] - data.population[a] || a - b; });
  var limits = "", edges = "";
  if (data.topology) {
    var line = mapLibrary.geoPath(mapLibrary.geoIdentity()), object = data.topology.objects.places;
    object.geometries.forEach(function (g, i) { g.id = i; });
    edges = line(mapLibrary.mesh(data.topology, object)) || "";
    if (data.groupOf) limits = line(mapLibrary.mesh(data.topology, object, function (a, b) { return a === b || data.groupOf[a.id] !== data.groupOf[b.id]; })) || "";
  }

  /* --- the frame --- */
  var canvas = null, context = null;
  if (onCanvas) {
    canvas = html("canvas", null, holder);
    canvas.setAttribute("aria-hidden", "true");
    context = canvas.getContext("2d");
  }
  var svg = make("svg", { viewBox: "0 0 " + data.width + " " + data.height, "aria-hidden": "true", focusable: "false" }, holder);
  var defs = make("defs", {}, svg), patterns = [pattern("map-hatch", "#efefef", "#4a4a4a", 7, 1.6), pattern("map-blank", "#f7f7f7", "#9a9a9a", 13, 1)];
  var ground = make("g", { stroke: "#7d7d7d", "stroke-width": "0.6" }, svg);
  var limitsPath = make("path", { d: limits, fill: "none", stroke: "#333", "stroke-width": "1.1", "vector-effect": "non-scaling-stroke" }, svg);
  var frames = make("g", {}, svg), flows = make("g", { stroke: "#7a1f4b", "stroke-opacity": "0.75", "stroke-linecap": "round", fill: "none" }, svg);
  var outline = make("path", { fill: "none", stroke: "#c2410c", "stroke-width": "3", "vector-effect": "non-scaling-stroke" }, svg);
  var markers = make("g", {}, svg), labels = make("g", { "text-anchor": "middle" }, svg);
  var cross = make("path", { "class": "cross", d: "M-12 0H12M0-12V12", stroke: "#c2410c", "stroke-width": "2.5", fill: "none" }, svg);

  function pattern(id, paper, ink, step, width) {
    var p = make("pattern", { id: id, width: step, height: step, patternUnits: "userSpaceOnUse" }, defs);
    make("rect", { width: step, height: step, fill: paper }, p);
    make("path", { d: "M" + -step / 4 + " " + step / 4 + "L" + step / 4 + " " + -step / 4 + "M0 " + step + "L" + step + " 0M" + 0.75 * step + " " + 1.25 * step + "L" + 1.25 * step + " " + 0.75 * step, stroke: ink, "stroke-width": width }, p);
    return p;
  }

  (data.frames || []).forEach(function (f) {
    make("rect", { x: f.x, y: f.y, width: f.w, height: f.h, fill: "none", stroke: "#8a8a8a", "vector-effect": "non-scaling-stroke" }, frames);
    make("text", { x: f.x + 40, y: f.y + 200, "font-size": 180 }, frames).textContent = f.title;
  });
  if (!onCanvas) {
    drawn = shapes.map(function (s) {
      return make("path", { d: s.d, "class": "place", "vector-effect": "non-scaling-stroke" }, ground);
    });
  }
  data.flows.forEach(function (f) {
    make("path", { d: "M" + f[0] + " " + f[1] + "L" + f[2] + " " + f[3], "stroke-width": Math.max(1, 9 * f[4]), "vector-effect": "non-scaling-stroke" }, flows);
  });

  /* --- what is shown --- */
  var views = [], choice = byId("map-choice");
  data.sheets.forEach(function (sheet, s) {
    var box = sheet.panels.length > 1 ? html("optgroup", null, choice) : choice;
    if (sheet.panels.length > 1) box.label = sheet.title;
    (sheet.panels.length ? sheet.panels : [null]).forEach(function (panel) {
      var option = html("option", panel && sheet.panels.length > 1 ? panel.title : sheet.title, box);
      option.value = views.length;
      if (s === data.first && view === null) view = views.length;
      views.push({ sheet: sheet, panel: panel });
    });
  });
  view = views[view || 0];
  choice.value = String(views.indexOf(view));

  function ofPlaces() { return view.panel && view.panel.of === "places"; }
  function classOf(i) { return ofPlaces() ? view.panel.classOf[i] : -1; }
  function fillOf(k, alone) {
    if (k < 0) return "#efece6";
    var c = view.panel.classes[k];
    return c.fill === 0 ? c.colour : alone || (c.fill === 1 ? "url(#map-hatch)" : "url(#map-blank)");
  }
  function valueOf(v, i) { return v.panel.texts[v.panel.at[i]] + (v.panel.estimate && v.panel.classes[v.panel.classOf[i]] && v.panel.classes[v.panel.classOf[i]].fill === 0 ? "\u00a0(e)" : ""); }

  function pathOf(i) {
    if (!paths[i]) paths[i] = new Path2D(shapes[i].d);
    return paths[i];
  }

  /* --- canvas: one path a class, built when the map changes --- */
  var layers = [], mesh = null;
  function layersBuild() {
    var of = {};
    layers = [];
    shapes.forEach(function (s, i) {
      var k = classOf(i);
      if (!of[k]) { of[k] = { k: k, path: new Path2D() }; layers.push(of[k]); }
      of[k].path.addPath(pathOf(i));
    });
    if (!mesh) mesh = new Path2D(edges);
  }
  function hatched(fill) {
    var tile = document.createElement("canvas"), c = tile.getContext("2d"), n = fill === 1 ? 8 : 14;
    tile.width = tile.height = n;
    c.fillStyle = fill === 1 ? "#efefef" : "#f7f7f7";
    c.fillRect(0, 0, n, n);
    c.strokeStyle = fill === 1 ? "#4a4a4a" : "#9a9a9a";
    c.lineWidth = fill === 1 ? 1.6 : 1;
    c.beginPath();
    c.moveTo(-n / 4, n / 4); c.lineTo(n / 4, -n / 4); c.moveTo(0, n); c.lineTo(n, 0); c.moveTo(0.75 * n, 1.25 * n); c.lineTo(1.25 * n, 0.75 * n);
    c.stroke();
    return context.createPattern(tile, "repeat");
  }
  function paint() {
    var box = holder.getBoundingClientRect(), density = window.devicePixelRatio || 1;
    canvas.width = Math.max(1, Math.round(box.width * density));
    canvas.height = Math.max(1, Math.round(box.height * density));
    var scale = Math.min(canvas.width / data.width, canvas.height / data.height);
    var left = (canvas.width - scale * data.width) / 2, top = (canvas.height - scale * data.height) / 2;
    context.setTransform(scale * transform.k, 0, 0, scale * transform.k, left + scale * transform.x, top + scale * transform.y);
    layers.forEach(function (layer) {
      var c = layer.k >= 0 ? view.panel.classes[layer.k] : null;
      if (c && c.fill !== 0) {
        var p = hatched(c.fill);
        p.setTransform(new DOMMatrix().scale(1 / (scale * transform.k)));
        context.fillStyle = p;
      } else context.fillStyle = fillOf(layer.k);
      context.fill(layer.path);
    });
    context.lineWidth = (transform.k > 3 ? 0.7 : 0.3) * density / (scale * transform.k);
    context.strokeStyle = "#6f6f6f";
    if (edges) context.stroke(mesh);
  }

  /* --- venues and names keep their size while the map grows --- */
  function screen(x, y) { return [transform.applyX(x), transform.applyY(y)]; }
  function inView(p, margin) { return p[0] > -margin && p[1] > -margin && p[0] < data.width + margin && p[1] < data.height + margin; }

  function venuesShown() {
    if (!data.venuePoints || !byId("map-venues").checked) return [];
    var all = data.venues.map(function (n, i) { return i; });
    if (view.sheet.kind === "families" || (view.panel && view.panel.of === "venues")) return all;
    return view.panel && view.panel.shown ? view.panel.shown : [];
  }
  function venueLook(i) {
    if (view.sheet.kind === "families") return { path: data.families[data.venueFamily[i]].path, fill: data.families[data.venueFamily[i]].colour, size: 5.5 };
    if (view.panel && view.panel.of === "venues") {
      var k = view.panel.classOf[i];
      return { path: data.families[0].path, fill: k < 0 ? "#fff" : fillOf(k), size: 7, ring: "#333" };
    }
    return { path: data.families[0].path, fill: "#1b1b1b", size: 3.6 };
  }
  function drawMarkers() {
    markers.textContent = "";
    var list = venuesShown(), small = list.length > 400 && transform.k < 4 ? 0.6 : 1;
    list.forEach(function (i) {
      var x = data.venuePoints[2 * i], y = data.venuePoints[2 * i + 1];
      if (x === null) return;
      var p = screen(x, y), look = venueLook(i);
      if (!inView(p, 200)) return;
      var m = make("path", { d: look.path, fill: look.fill, stroke: look.ring || "#fff", "stroke-width": 22, "class": "venue",
                             transform: "translate(" + p[0] + " " + p[1] + ") scale(" + look.size * small * unit / 100 + ")" }, markers);
      m.__venue = i;
    });
  }
  function drawLabels() {
    labels.textContent = "";
    var taken = [], size = 12.5 * unit, i, n = 0;
    labels.setAttribute("font-size", size);
    labels.setAttribute("stroke-width", 3 * unit);
    for (i = 0; i < order.length && n < MOST_LABELS && i < 4000; i++) {
      var at = order[i], x = data.points[2 * at];
      if (x === null || !data.names[at]) continue;
      var p = screen(x, data.points[2 * at + 1]), w = 0.62 * size * data.names[at].length;
      p[1] -= 0.35 * size;
      if (!inView(p, 0) || p[0] - w / 2 < 0 || p[0] + w / 2 > data.width || p[1] < size) continue;
      if (taken.some(function (t) { return Math.abs(t[0] - p[0]) < (t[2] + w) / 2 + 2 * size && Math.abs(t[1] - p[1]) < 3 * size; })) continue;
      taken.push([p[0], p[1], w]);
      make("text", { x: p[0], y: p[1] }, labels).textContent = data.names[at];
      n++;
    }
  }

  function layout() {
    var box = holder.getBoundingClientRect();
    unit = 1 / Math.min(box.width / data.width, box.height / data.height);
    cross.setAttribute("transform", "translate(" + data.width / 2 + " " + data.height / 2 + ") scale(" + unit + ")");
    patterns.forEach(function (p) { p.setAttribute("patternTransform", "scale(" + unit / transform.k + ")"); });
    [ground, limitsPath, frames, flows, outline].forEach(function (g) { g.setAttribute("transform", transform.toString()); });
    drawMarkers();
    drawLabels();
    if (onCanvas) paint();
  }
  var waiting = false;
  function soon() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(function () { waiting = false; layout(); });
  }

  /* --- legend and lines --- */
  function swatch(colour, fill, parent) {
    var s = make("svg", { "class": "swatch", viewBox: "0 0 30 20", "aria-hidden": "true" });
    make("rect", { x: 0.5, y: 0.5, width: 29, height: 19, stroke: "#6b6b6b", fill: fill === 0 ? colour : "#f4f4f4" }, s);
    if (fill !== 0) make("path", { d: fill === 1 ? "M1 7L7 1M1 14L14 1M2 19L20 1M9 19L27 1M16 19L29 6M23 19L29 13" : "M1 14L14 1M9 19L27 1M23 19L29 13", stroke: fill === 1 ? "#4a4a4a" : "#9a9a9a", "stroke-width": fill === 1 ? 1.6 : 1 }, s);
    parent.appendChild(s);
  }
  function drawLegend() {
    var list = byId("map-legend"), families = byId("map-families");
    list.textContent = families.textContent = "";
    byId("map-title").textContent = view.panel && view.sheet.panels.length > 1 ? view.panel.title : view.sheet.title;
    byId("map-subtitle").textContent = (view.panel && view.sheet.panels.length > 1 ? view.sheet.title + " — " : "") + view.sheet.subtitle;
    byId("map-legend-title").textContent = view.panel ? view.panel.legend : "";
    (view.panel ? view.panel.classes : []).forEach(function (c, k) {
      var li = html("li", null, list);
      swatch(c.colour, c.fill, li);
      html("span", c.label, li);
      html("span", c.count + "\u00a0" + (c.count === "1" || (c.count === "0" && document.documentElement.lang === "fr") ? (ofPlaces() ? words.onePlace : words.oneVenue) : ofPlaces() ? words.places : words.venuesWord), li, "count").title = c.people ? c.people + " " + words.inhabitants : "";
      li.dataset.k = k;
    });
    if (view.sheet.kind !== "families") return;
    data.families.forEach(function (f) {
      if (!f.count) return;
      var li = html("li", null, families), s = make("svg", { "class": "swatch", viewBox: "-240 -160 480 320", "aria-hidden": "true" });
      make("path", { d: f.path, fill: f.colour }, s);
      li.appendChild(s);
      html("span", f.title, li);
      html("span", f.count, li, "count");
    });
  }
  function drawLines() {
    var box = byId("map-lines");
    box.textContent = "";
    view.sheet.lines.forEach(function (l) {
      var p = html("p", null, box);
      html("strong", l[0] + words.colon, p);
      p.appendChild(document.createTextNode(l[1]));
    });
  }

  /* --- one place: its values --- */
  function summary(i) {
    if (!ofPlaces()) return "";
    var k = view.panel.classOf[i], c = k >= 0 ? view.panel.classes[k] : null;
    return valueOf(view, i) + (c ? " (" + (c.fill === 0 ? words["class"] + "\u00a0" + (k + 1) + words.colon : "") + c.label + ")" : "");
  }
  function drawInfo() {
    var box = byId("map-info"), i = chosen;
    outline.setAttribute("d", i < 0 ? "" : shapes[i].d);
    if (i < 0) return;
    box.textContent = "";
    html("p", data.names[i], box, "who");
    var group = data.groupOf && data.groupOf[i] >= 0 ? data.groups[data.groupOf[i]] : "";
    html("p", data.codes[i] + (group ? " · " + group : "") + " · " + data.population[i].toLocaleString(document.documentElement.lang) + " " + words.inhabitants, box, "about");
    if (ofPlaces()) {
      html("p", valueOf(view, i), box, "said");
      html("p", view.panel.legend + (view.sheet.panels.length > 1 ? " — " + view.panel.title : ""), box, "of");
    }
    var more = html("details", null, box), values = html("dl", null, null);
    html("summary", words.all, more);
    views.forEach(function (v) {
      if (!v.panel || v.panel.of !== "places") return;
      var row = html("div", null, values);
      html("dt", (v.sheet.panels.length > 1 ? v.sheet.title.split(/\s*:/)[0] + ", " : "") + v.panel.title, row);
      html("dd", valueOf(v, i), row);
    });
    more.appendChild(values);
    more.open = drawInfo.open === true;
    more.addEventListener("toggle", function () { drawInfo.open = more.open; });
  }
  function choose(i, aloud) {
    if (i < 0) { if (aloud) byId("map-live").textContent = words.clear; return; }
    chosen = i;
    drawInfo();
    if (aloud) byId("map-live").textContent = data.names[i] + words.colon + summary(i);
  }
  function at(x, y) {
    for (var i = 0; i < shapes.length; i++) {
      var b = shapes[i].box;
      if (x >= b[0][0] && x <= b[1][0] && y >= b[0][1] && y <= b[1][1] && picker.isPointInPath(pathOf(i), x, y)) return i;
    }
    return -1;
  }
  function pointed(event) {
    var m = svg.getScreenCTM().inverse(), x = m.a * event.clientX + m.e, y = m.d * event.clientY + m.f;
    return at(transform.invertX(x), transform.invertY(y));
  }
  var tip = byId("map-tip");
  function showTip(event, title, text) {
    var box = holder.getBoundingClientRect(), x = event.clientX - box.left, y = event.clientY - box.top;
    tip.textContent = "";
    html("strong", title, tip);
    if (text) tip.appendChild(document.createTextNode(text));
    tip.hidden = false;
    var w = tip.offsetWidth, h = tip.offsetHeight;
    tip.style.left = Math.max(4, Math.min(x + 14, box.width - w - 4)) + "px";
    tip.style.top = (y + 18 + h > box.height ? Math.max(4, y - h - 12) : y + 18) + "px";
  }
  function hover(event, pinned) {
    var venue = event.target.__venue;
    if (venue !== undefined) {
      var text = data.families[data.venueFamily[venue]].title + (data.venueStatus[venue] ? ", " + data.venueStatus[venue] : "");
      showTip(event, data.venues[venue], view.panel && view.panel.of === "venues" ? view.panel.legend + words.colon + valueOf(view, venue) : text);
      return;
    }
    var i = pointed(event);
    if (i < 0) { tip.hidden = true; return; }
    if (i !== chosen || pinned) choose(i, pinned);
    showTip(event, data.names[i], summary(i));
  }
  svg.addEventListener("pointermove", function (e) { if (e.pointerType === "mouse" && e.buttons === 0) hover(e, false); });
  svg.addEventListener("pointerleave", function () { tip.hidden = true; });
  svg.addEventListener("click", function (e) { hover(e, true); });

  /* --- moving: a wheel or one finger scrolls the page unless the map was asked for --- */
  var zoom = mapLibrary.zoom().scaleExtent([1, 60]).translateExtent([[0, 0], [data.width, data.height]])
    .filter(function (e) {
      if (e.type === "wheel") return e.ctrlKey || document.activeElement === holder;
      if (e.type.indexOf("touch") === 0) return e.touches.length > 1 || transform.k > 1;
      return !e.button && !e.ctrlKey;
    })
    .on("start", function () { tip.hidden = true; })
    .on("zoom", function (e) {
      transform = e.transform;
      svg.style.touchAction = transform.k > 1 ? "none" : "pan-y";
      soon();
    });
  var picture = mapLibrary.select(svg).call(zoom).on("dblclick.zoom", null);
  svg.style.touchAction = "pan-y";
  svg.addEventListener("mousedown", function () { holder.focus({ preventScroll: true }); });

  function grow(k) { zoom.scaleBy(picture, k); }
  function show(i) {
    var b = shapes[i].box, w = Math.max(b[1][0] - b[0][0], 60), h = Math.max(b[1][1] - b[0][1], 60);
    var k = Math.max(1, Math.min(14, 0.18 * Math.min(data.width / w, data.height / h)));
    var cx = (b[0][0] + b[1][0]) / 2, cy = (b[0][1] + b[1][1]) / 2;
    zoom.transform(picture, mapLibrary.zoomIdentity.translate(data.width / 2 - k * cx, data.height / 2 - k * cy).scale(k));
    choose(i, true);
  }
  function centre() { choose(at(transform.invertX(data.width / 2), transform.invertY(data.height / 2)), true); }
  byId("zoom-in").addEventListener("click", function () { grow(1.6); });
  byId("zoom-out").addEventListener("click", function () { grow(1 / 1.6); });
  byId("zoom-all").addEventListener("click", function () { zoom.transform(picture, mapLibrary.zoomIdentity); });
  holder.addEventListener("keydown", function (e) {
    var step = 60 * unit / transform.k, moves = { ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    if (moves[e.key]) zoom.translateBy(picture, moves[e.key][0], moves[e.key][1]);
    else if (e.key === "+" || e.key === "=") grow(1.6);
    else if (e.key === "-") grow(1 / 1.6);
    else if (e.key === "0" || e.key === "Home") zoom.transform(picture, mapLibrary.zoomIdentity);
    else if (e.key === "Escape") { tip.hidden = true; return; }
    else if (e.key !== "Enter" && e.key !== " ") return;
    e.preventDefault();
    centre();
  });

  /* --- search --- */
  var input = byId("map-search"), found = byId("map-found"), answers = [], active = -1;
  var folded = data.names.map(fold);
  function closeFound() {
    found.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    active = -1;
  }
  function mark(n) {
    active = n;
    Array.prototype.forEach.call(found.children, function (li, k) { li.setAttribute("aria-selected", k === n ? "true" : "false"); });
    if (n >= 0) {
      input.setAttribute("aria-activedescendant", "found-" + n);
      found.children[n].scrollIntoView({ block: "nearest" });
    }
  }
  function take(n) {
    if (n < 0 || n >= answers.length) return;
    input.value = data.names[answers[n]];
    closeFound();
    show(answers[n]);
  }
  input.addEventListener("input", function () {
    var wanted = fold(input.value), first = [], later = [];
    found.textContent = "";
    answers = [];
    if (!wanted) { closeFound(); return; }
    for (var n = 0; n < order.length && first.length < 8; n++) {
      var i = order[n], where = (" " + folded[i]).indexOf(" " + wanted);
      if (where === 0 || data.codes[i].indexOf(wanted) === 0) first.push(i);
      else if (where > 0 && later.length < 8) later.push(i);
    }
    answers = first.concat(later).slice(0, 8);
    answers.forEach(function (i, n) {
      var li = html("li", data.names[i] + " (" + data.codes[i] + ")", found);
      li.id = "found-" + n;
      li.setAttribute("role", "option");
      li.addEventListener("mousedown", function (e) { e.preventDefault(); take(n); });
    });
    if (!answers.length) html("li", words.none, found, "none").setAttribute("role", "option");
    found.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark(-1);
    byId("map-live").textContent = answers.length ? answers.length + " " + words.found : words.none;
  });
  input.addEventListener("keydown", function (e) {
    if (e.key === "ArrowDown" && answers.length) mark((active + 1) % answers.length);
    else if (e.key === "ArrowUp" && answers.length) mark((active + answers.length - 1) % answers.length);
    else if (e.key === "Enter") take(Math.max(active, 0));
    else if (e.key === "Escape") closeFound();
    else return;
    e.preventDefault();
  });
  input.addEventListener("blur", closeFound);

  /* --- changing the map --- */
  function change() {
    flows.style.display = view.sheet.kind === "flows" ? "" : "none";
    if (onCanvas) layersBuild();
    else drawn.forEach(function (e, i) { e.setAttribute("fill", fillOf(classOf(i))); });
    drawLegend();
    drawLines();
    drawInfo();
    layout();
    document.documentElement.dataset.legend = byId("map-legend").children.length + byId("map-families").children.length;
  }
  choice.addEventListener("change", function () { view = views[Number(choice.value)]; change(); });
  byId("map-venues").addEventListener("change", drawMarkers);

  app.hidden = false;
  document.documentElement.classList.add("js");
  var fit = function () {
    var width = holder.clientWidth, most = Math.max(320, Math.min(760, 0.82 * window.innerHeight));
    holder.style.height = Math.round(Math.min(most, Math.max(300, width * data.height / data.width))) + "px";
    soon();
  };
  fit();
  new ResizeObserver(fit).observe(app);
  change();
  document.documentElement.dataset.shapes = String(shapes.filter(function (s) { return s.d; }).length);
  document.documentElement.dataset.views = String(views.length);
  document.documentElement.dataset.map = "ready";
}

try {
  unpack(dataElement.textContent).then(start).catch(function (e) { app.hidden = true; document.documentElement.classList.remove("js"); document.documentElement.dataset.error = String(e); fail(); });
} catch (e) {
  fail();
}
})();
