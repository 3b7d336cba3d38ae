// The curators' desk: what is typed is read at once, and an article's words are recorded where they stand.
"use strict";

// --- dates and strengths: what the desk understands, said below the field while it is typed

const UNDERSTAND = "/admin/understand/";
const pauses = new WeakMap();

function outputOf(input) {
  const row = input.closest(".form-row, .field") || input.parentElement;
  let output = row.querySelector(`output[for="${input.id}"]`);
  if (!output) {
    output = document.createElement("output");
    output.className = "understood";
    output.htmlFor = input.id;
    (input.closest(".fieldBox, .flex-container, .field") || input.parentElement).append(output);
  }
  return output;
}

async function understand(input) {
  const form = input.form, date = input.dataset.date;
  const asked = new URLSearchParams({kind: input.dataset.understand});
  if (date) {
    const prefix = input.name.slice(0, input.name.lastIndexOf(date));
    const [words, means] = [form.elements[`${prefix}${date}_words`], form.elements[`${prefix}${date}_edtf`]];
    if (input === words && means.value === means.defaultValue) means.value = "";  // it told what the earlier words meant
    asked.set("words", words.value);
    asked.set("means", means.value);
    asked.set("article", form.dataset.article || form.elements.article?.value || "");
    input = means.value ? means : words;
    outputOf(input === means ? words : means).textContent = "";
  } else {
    asked.set("words", input.value);
  }
  const output = outputOf(input);
  if (!input.value.trim()) { output.textContent = ""; return; }
  const answer = await fetch(`${UNDERSTAND}?${asked}`, {headers: {Accept: "application/json"}});
  if (!answer.ok) return;
  const {said, rule, error} = await answer.json();
  output.classList.toggle("refused", Boolean(error));
  output.textContent = error || (rule ? `${said}. ${rule}` : said);
}

document.addEventListener("input", ({target}) => {
  if (!target.dataset?.understand) return;
  clearTimeout(pauses.get(target));
  pauses.set(target, setTimeout(() => understand(target), 200));
});
// What was typed before this script had come, or is put back by the browser.
for (const input of document.querySelectorAll("[data-understand]")) if (input.value !== input.defaultValue) understand(input);

// --- the admin's search fields (select2) carry no names of their own: they take those of the fields they stand for

function nameSearchFields() {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const shown = select.nextElementSibling, name = select.labels[0]?.textContent.replace(/:$/, "") || select.name;
    if (!shown?.matches(".select2")) continue;
    for (const part of shown.querySelectorAll("[role=combobox], [role=textbox], .select2-search__field")) part.setAttribute("aria-label", name);
    for (const part of shown.querySelectorAll("ul, li")) part.setAttribute("role", "none");
  }
}
nameSearchFields();
new MutationObserver(nameSearchFields).observe(document.body, {childList: true, subtree: true});

// --- an article's text beside its facts

const room = document.getElementById("reading");
const DECISIONS = {a: "accept", c: "correct", x: "dismiss"};
if (room) new class Reading {
  constructor() {
    room.addEventListener("mouseover", event => this.show(event.target));
    room.addEventListener("focusin", event => this.show(event.target));
    room.addEventListener("click", event => this.click(event));
    room.addEventListener("submit", event => this.submit(event));
    room.addEventListener("keydown", event => this.key(event));
    room.addEventListener("input", event => this.offer(event.target));
    document.addEventListener("mouseup", event => { if (this.text.contains(event.target)) this.choose(); });
    document.addEventListener("keyup", event => { if (event.shiftKey && document.activeElement === this.text) this.choose(); });
  }

  get text() { return room.querySelector("#text"); }
  get panel() { return room.querySelector("#panel"); }
  tell(words) { room.querySelector("#told").textContent = words; }

  // The facts of a mark, or the marks of a fact, light up together.
  show(target) {
    const mark = target.closest("mark[data-facts]"), card = target.closest(".card");
    if (!mark && !card) return;
    const names = mark ? mark.dataset.facts.split(" ") : [card.id];
    for (const one of room.querySelectorAll(".card")) one.classList.toggle("shown", names.includes(one.id));
    for (const one of room.querySelectorAll("mark[data-facts]"))
      one.classList.toggle("shown", one.dataset.facts.split(" ").some(name => names.includes(name)));
  }

  click(event) {
    const {target} = event;
    if (target.matches("[data-close]")) this.close();
    else if (target.dataset.kind && target.tagName === "BUTTON") this.open(target.dataset.kind);
    else if (target.matches("[data-sentence]")) this.whole();
    else if (target.dataset.verb) this.step(target);
    else if (target.closest("button[data-decide]")) this.decide(target.closest("button[data-decide]"));
    else if (target.matches("[data-next]")) this.goTo(room.querySelector(".card.found"));
    else if (target.matches("a.passage")) {
      event.preventDefault();
      const mark = this.markOf(target.closest(".card").id);
      mark?.scrollIntoView({block: "center"});
      mark?.focus({preventScroll: true});
    } else if (target.matches("mark[data-facts]") && getSelection().isCollapsed) {
      document.getElementById(target.dataset.facts.split(" ")[0]).scrollIntoView({block: "nearest"});
    }
  }

  markOf(name) {
    return [...room.querySelectorAll("mark[data-facts]")].find(one => one.dataset.facts.split(" ").includes(name));
  }

  // Offsets count code points, as the database does, not the UTF-16 units of this language.
  offsets() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0).cloneRange();
    if (!this.text.contains(range.startContainer)) range.setStart(this.text, 0);
    if (!this.text.contains(range.endContainer)) range.setEnd(this.text, this.text.childNodes.length);
    const before = document.createRange();
    before.setStart(this.text, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const words = range.toString(), lead = words.length - words.trimStart().length;
    if (!words.trim()) return null;
    const start = before.toString().length + lead;
    return this.place(start, start + words.trim().length);
  }

  place(from, to) {
    const text = this.text.textContent;
    return {from, to, start: [...text.slice(0, from)].length, end: [...text.slice(0, to)].length, exact: text.slice(from, to)};
  }

  sentences() {
    const segmenter = new Intl.Segmenter(this.text.lang || "nl", {granularity: "sentence"});
    return [...segmenter.segment(this.text.textContent)]
      .map(({index, segment}) => [index + segment.length - segment.trimStart().length, index + segment.trimEnd().length])
      .filter(([from, to]) => from < to);
  }

  select(from, to) {
    const range = document.createRange(), walker = document.createTreeWalker(this.text, NodeFilter.SHOW_TEXT);
    let at = 0, started = false;
    for (let node; (node = walker.nextNode()); at += node.length) {
      if (!started && from < at + node.length) { range.setStart(node, from - at); started = true; }
      if (to <= at + node.length) { range.setEnd(node, to - at); break; }
    }
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  }

  // Whole sentences are what a passage is: the selection grows to those it touches.
  whole() {
    if (!this.chosen) return;
    const touched = this.sentences().filter(([from, to]) => from < this.chosen.to && this.chosen.from < to);
    if (!touched.length) return;
    this.select(touched[0][0], touched.at(-1)[1]);
    this.choose();
  }

  key(event) {
    if (event.key === "Escape" && !this.panel.hidden) {
      if (!this.unsaved()) this.close();
      return;
    }
    if (DECISIONS[event.key] && !event.altKey && !event.ctrlKey && !event.metaKey) {
      const found = this.foundAt(event.target);
      found?.querySelector(`[data-decide=${DECISIONS[event.key]}]`)?.click();
      if (found) { event.preventDefault(); return; }
    }
    if (event.key === "Enter" && event.target.matches("mark[data-facts]")) {
      document.getElementById(event.target.dataset.facts.split(" ")[0]).focus();
      event.preventDefault();
    }
    if (event.target !== this.text) return;
    const step = {ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1}[event.key];
    if (event.key === "Enter" && this.chosen) { this.choose(true); event.preventDefault(); }
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const all = this.sentences(), held = this.chosen;
    const of = point => all.findIndex(([from, to]) => from <= point && point <= to);
    if (event.shiftKey && held) {
      const first = of(held.from), last = Math.max(first, Math.min(all.length - 1, of(held.to) + step));
      this.select(all[first][0], all[last][1]);
    } else {
      const next = Math.max(0, Math.min(all.length - 1, held ? of(step > 0 ? held.to : held.from) + step : 0));
      this.select(...all[next]);
    }
    this.chosen = this.offsets();
    getSelection().getRangeAt(0).startContainer.parentElement.scrollIntoView({block: "nearest"});
  }

  // --- what the rules found

  foundAt(target) {
    if (target.closest(".card.found")) return target.closest(".card.found");
    const names = target.closest("mark.found")?.dataset.facts.split(" ") || [];
    const name = names.find(one => one.startsWith("suggestion-"));
    return name ? document.getElementById(name) : null;
  }

  // The name of the card that is decided after this one.
  following(card) {
    const all = [...room.querySelectorAll(".card.found")];
    return (all[all.indexOf(card) + 1] || all[0])?.id;
  }

  goTo(card) {
    if (!card) return;
    this.show(card);
    this.markOf(card.id)?.scrollIntoView({block: "center"});
    card.scrollIntoView({block: "nearest"});
    card.focus({preventScroll: true});
  }

  async decide(button) {
    const {decide: verb, suggestion} = button.dataset, card = button.closest(".card");
    if (this.unsaved()) return;
    if (verb === "correct") { this.open(card.dataset.kind, {suggestion}); return; }
    if (this.deciding) return;  // a key that is held down decides once
    this.deciding = true;
    const following = this.following(card);
    try {
      const answer = await this.post(room.dataset.decide, {suggestion, verb});
      if (this.loggedOut(answer)) return;
      const words = await answer.text();
      if (answer.status !== 201) {
        this.refused(answer, words, card.id);
        if (answer.ok && !document.getElementById(card.id)) this.goTo(document.getElementById(following));
        return;
      }
      this.renew(words, answer.headers.get("Recorded") || (verb === "reconsider" ? `suggestion-${suggestion}` : ""));
      if (verb === "dismiss") {
        this.tell(`${room.dataset.rejected} `);
        const undo = Object.assign(document.createElement("button"), {type: "button", textContent: room.dataset.undo});
        Object.assign(undo.dataset, {decide: "reconsider", suggestion});
        room.querySelector("#told").append(undo);
      }
      if (verb !== "reconsider") this.goTo(document.getElementById(following));
    } catch { this.tell(room.dataset.failed); }
    finally { this.deciding = false; }
  }

  choose(focus = false) {
    const chosen = this.offsets();
    if (!chosen || (this.panel.querySelector("form") && chosen.start === this.chosen?.start && chosen.end === this.chosen?.end)) return;
    this.chosen = chosen;
    const panel = this.panel, names = {statement: "statement", claim: "claim", new: "new"};
    if (this.unsaved()) return;
    panel.replaceChildren(document.getElementById("choices").content.cloneNode(true));
    panel.querySelector("q").textContent = chosen.exact;
    // The words stay marked when the focus goes to the panel's fields.
    if (CSS.highlights) CSS.highlights.set("chosen", new Highlight(getSelection().getRangeAt(0).cloneRange()));
    panel.querySelector("q").lang = this.text.lang;
    for (const kind of Object.keys(names))
      if (!panel.dataset[kind]) panel.querySelector(`button[data-kind=${kind}]`)?.remove();
    panel.hidden = false;
    if (focus) panel.querySelector("button")?.focus();
  }

  async open(kind, of = {start: this.chosen.start, end: this.chosen.end}) {
    const address = room.dataset.record.replace("/kind/", `/${kind}/`);
    const asked = new URLSearchParams(of);
    const answer = await fetch(`${address}?${asked}`);
    if (this.loggedOut(answer)) return;
    if (!answer.ok) { this.tell(await answer.text()); return; }
    const quoted = of.suggestion
      ? Object.assign(document.createElement("q"), {lang: this.text.lang, textContent: document.querySelector(`#suggestion-${of.suggestion} q`).textContent})
      : this.panel.querySelector("q");
    this.panel.innerHTML = await answer.text();
    if (quoted) this.panel.prepend(quoted);
    this.panel.hidden = false;
    this.panel.scrollIntoView({block: "nearest"});
    this.panel.querySelector("input:not([type=hidden]), select, textarea").focus();
  }

  close() {
    this.panel.replaceChildren();
    this.panel.hidden = true;
    this.chosen = null;
    CSS.highlights?.delete("chosen");
    this.text.focus({preventScroll: true});
  }

  async submit(event) {
    const form = event.target;
    if (!this.panel.contains(form)) return;
    event.preventDefault();
    const button = form.querySelector("[type=submit]"), suggestion = form.elements.suggestion?.value;
    const following = suggestion && this.following(document.getElementById(`suggestion-${suggestion}`));
    button.disabled = true;
    try {
      const address = room.dataset.record.replace("/kind/", `/${form.dataset.kind}/`);
      const answer = await fetch(address, {method: "POST", body: new FormData(form)});
      if (this.loggedOut(answer)) return;
      if (answer.status === 201) {
        this.panel.replaceChildren();  // what was typed is recorded
        this.renew(await answer.text(), answer.headers.get("Recorded"));
        if (following) this.goTo(document.getElementById(following));
      } else if (answer.status === 400) this.tell(await answer.text());
      else if (answer.ok) {
        const quoted = this.panel.querySelector("q");
        this.panel.innerHTML = await answer.text();
        if (quoted) this.panel.prepend(quoted);
        this.panel.querySelector("form")?.classList.add("dirty");  // it was refused, and is recorded nowhere
        const wrong = this.panel.querySelector(".errors input, .errors select, .errors textarea");
        (wrong || this.panel.querySelector("input:not([type=hidden]), select")).focus();
      } else this.tell(room.dataset.failed);
    } catch { this.tell(room.dataset.failed); }
    finally { button.disabled = false; }
  }

  post(address, fields) {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    return fetch(address, {method: "POST", body});
  }

  async step(button) {
    if (this.unsaved()) return;
    const answer = await this.post(room.dataset.step, {fact: button.dataset.fact, verb: button.dataset.verb});
    if (this.loggedOut(answer)) return;
    const words = await answer.text();
    if (answer.status === 201) this.renew(words, button.dataset.fact);
    else this.refused(answer, words, button.dataset.fact);
  }

  // What was refused is told on the page as it is now: mostly somebody else has changed it.
  refused(answer, html, name) {
    if (!answer.ok) { this.tell(room.dataset.failed); return; }
    this.renew(html, name);
    this.tell(room.querySelector("#told").dataset.refused);
  }

  // Whether somebody began to type what is not recorded yet; they are told.
  unsaved() {
    const begun = this.panel.querySelector("form.dirty") !== null;
    if (begun) this.tell(room.dataset.unsaved);
    return begun;
  }

  // The session has ended: what came is the page to log in, and the desk stays as it is.
  loggedOut(answer) {
    if (answer.redirected) this.tell(room.dataset.loggedOut);
    return answer.redirected;
  }

  // The page's piece is written anew at the place where one was reading; what was typed meanwhile stays.
  renew(html, name) {
    const top = this.text.scrollTop, page = scrollY;
    const typed = this.panel.querySelector("form.dirty") ? [...this.panel.childNodes] : [];
    room.innerHTML = html;
    if (typed.length) { this.panel.replaceChildren(...typed); this.panel.hidden = false; }
    else this.chosen = null;
    this.text.scrollTop = top;
    scrollTo(0, page);
    const card = document.getElementById(name);
    this.tell(card ? `${card.querySelector(".kind").innerText} ✓` : "✓");
    if (card) { this.show(card); card.scrollIntoView({block: "nearest"}); card.focus({preventScroll: true}); }
  }

  // Deployments are completed by the server while a slug is typed.
  offer(input) {
    input.form?.classList.add("dirty");
    if (input.getAttribute("list") !== "deployments") return;
    clearTimeout(this.offering);
    this.offering = setTimeout(async () => {
      const asked = new URLSearchParams({term: input.value, app_label: "missions", model_name: "claim", field_name: "deployment"});
      const answer = await fetch(`/admin/autocomplete/?${asked}`);
      if (!answer.ok) return;
      const {results} = await answer.json();
      const list = document.getElementById("deployments");
      list?.replaceChildren(...results.map(({text}) => Object.assign(document.createElement("option"), {value: text})));
    }, 200);
  }
}();

// --- a table on its way in: how many of its rows are written

const sheet = document.getElementById("sheet-form");
if (sheet?.dataset.progress) sheet.addEventListener("submit", event => {
  if (event.submitter?.name !== "confirmed") return;
  const key = crypto.randomUUID?.() || [..."xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx"].map(c => c === "x" ? Math.floor(Math.random() * 16).toString(16) : c).join("");
  sheet.append(Object.assign(document.createElement("input"), {type: "hidden", name: "progress", value: key}));
  const bar = document.getElementById("progress"), told = document.getElementById("progress-told");
  bar.hidden = false;
  const address = sheet.dataset.progress.replace(/0{8}(-0{4}){3}-0{12}/, key);
  setInterval(async () => {
    const answer = await fetch(address);
    if (!answer.ok) return;
    const {done} = await answer.json();
    bar.value = done;
    told.textContent = `${done} / ${bar.max} ${sheet.dataset.told}`;
  }, 500);
});
