(function () {
  "use strict";
  var form = document.getElementById("filter");
  if (!form) { return; }
  var query = document.getElementById("q"), county = document.getElementById("county"), programme = document.getElementById("programme");
  var told = document.getElementById("told"), boxes = list(form.querySelectorAll("input[name=outcome]")), waiting = 0;

  function list(nodes) { return Array.prototype.slice.call(nodes); }
  function plain(text) { return text.normalize("NFKC").toLowerCase().replace(/台/g, "臺"); }
  function text(nodes) { return plain(list(nodes).map(function (node) { return node.textContent; }).join(" ")); }
  function holds(words, found) { return words.every(function (word) { return found.indexOf(word) >= 0; }); }

  var drafts = list(document.querySelectorAll("[data-draft]")).map(function (node) {
    return {
      node: node,
      fold: node.querySelector(":scope > details"),
      head: text(node.querySelectorAll("[data-head]")),
      rest: text(node.querySelectorAll("[data-head], [data-rest]")),
      folds: list(node.querySelectorAll("article details, details details")).map(function (fold) {
        // What passed is in every draft: it is no reason to open the list of all rules.
        return { node: fold, text: text(fold.matches("article *, [data-rest]") ? [fold] : fold.querySelectorAll("[data-rest]")) };
      }),
      findings: list(node.querySelectorAll("[data-outcome]")).map(function (found) { return { node: found, text: text([found]) }; }),
      row: document.querySelector("[data-row=\"" + node.id + "\"]")
    };
  });
  var together = list(document.querySelectorAll("[data-of]")).map(function (node) {
    var of = node.dataset.of.split(" ");
    return { node: node, text: text([node]), drafts: drafts.filter(function (draft) { return of.indexOf(draft.node.id) >= 0; }) };
  });

  function wanted(select, node, name) { return !select || !select.value || select.value === "=" + node.dataset[name]; }
  function unfold(fold, open) {
    if (open && !fold.open) { fold.open = true; fold.dataset.searched = ""; }
    if (!open && "searched" in fold.dataset) { fold.open = false; delete fold.dataset.searched; }
  }

  function apply() {
    var words = plain(query.value).split(/\s+/).filter(Boolean), on = {}, shown = 0, seen = 0, every = 0;
    boxes.forEach(function (box) { on[box.value] = box.checked; });
    var whole = boxes.every(function (box) { return box.checked; });
    drafts.forEach(function (draft) {
      var here = wanted(county, draft.node, "county") && wanted(programme, draft.node, "programme"), found = 0;
      function choose(one) {
        var hit = here && on[one.node.dataset.outcome] && holds(words, one.text + " " + draft.head);
        one.node.hidden = !hit;
        return hit;
      }
      draft.findings.forEach(function (one) { if (choose(one)) { found += 1; } });
      var rest = here && whole && holds(words, draft.rest), visible = found > 0 || rest;
      draft.node.hidden = !visible;
      if (draft.row) { draft.row.hidden = !visible; }
      if (draft.fold) { unfold(draft.fold, visible && words.length > 0); }
      draft.folds.forEach(function (one) { unfold(one.node, visible && words.length > 0 && holds(words, one.text + " " + draft.head) && !holds(words, draft.head)); });
      shown += visible ? 1 : 0;
      seen += found;
      every += draft.findings.length;
    });
    // A fact across drafts is shown where any of its drafts is.
    together.forEach(function (one) {
      one.node.hidden = !one.drafts.some(function (draft) {
        return wanted(county, draft.node, "county") && wanted(programme, draft.node, "programme") && on[one.node.dataset.outcome] && holds(words, one.text + " " + draft.head);
      });
    });
    told.textContent = told.dataset.text.replace("{drafts}", shown).replace("{all}", drafts.length).replace("{found}", seen).replace("{findings}", every);
  }
  function soon() { clearTimeout(waiting); waiting = setTimeout(apply, 120); }

  function go() {
    var node = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!node || !node.matches("[data-draft], [data-outcome]")) { return; }
    if (node.closest("[hidden]")) { form.reset(); apply(); }
    var own = node.querySelector(":scope > details"), around = own || node.closest("details");
    if (around) { around.open = true; delete around.dataset.searched; }
    node.scrollIntoView();
    (own ? own.firstElementChild : node).focus({ preventScroll: true });
  }

  form.hidden = false;
  form.addEventListener("submit", function (event) { event.preventDefault(); apply(); });
  form.addEventListener("reset", function () { setTimeout(apply, 0); });
  form.addEventListener("change", apply);
  query.addEventListener("input", soon);
  list(form.querySelectorAll("button[data-open]")).forEach(function (button) {
    button.addEventListener("click", function () {
      drafts.forEach(function (draft) {
        if (draft.fold && !draft.node.hidden) { draft.fold.open = button.dataset.open === "yes"; delete draft.fold.dataset.searched; }
      });
    });
  });
  addEventListener("hashchange", go);
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[href^='#']");
    if (link && link.getAttribute("href") === location.hash) { setTimeout(go, 0); }
  });
  addEventListener("beforeprint", function () {
    list(document.querySelectorAll("details[data-print]")).forEach(function (fold) {
      if (!fold.open && !fold.closest("[hidden]")) { fold.open = true; fold.dataset.printed = ""; }
    });
  });
  addEventListener("afterprint", function () {
    list(document.querySelectorAll("details[data-printed]")).forEach(function (fold) { fold.open = false; delete fold.dataset.printed; });
  });
  apply();
  go();
})();
