"use strict";
// Sends drafts one by one with their progress, and keeps an eye on what is edited.

const form = document.getElementById("audit-form");
const files = document.getElementById("files");
const queue = document.getElementById("queue");
const drafts = document.getElementById("drafts");
const drop = document.getElementById("drop");
const AT_ONCE = 2;
let running = 0;
const lined = [];
let jobs = 0;

for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, () => drop.classList.add("over"));
for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));

files.addEventListener("change", () => {
  if (files.files.length) form.requestSubmit();
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const pasted = document.getElementById("pasted");
  for (const file of files.files) line(file.name, file, "");
  if (pasted.value.trim()) line("", null, pasted.value);
  for (const each of queue.querySelectorAll("[aria-current]")) each.removeAttribute("aria-current");
  files.value = "";
  pasted.value = "";
  jobs = lined.length;
  next();
});

document.getElementById("sample").addEventListener("click", async (event) => {
  event.preventDefault();
  const link = event.currentTarget;
  const content = await (await fetch(link.href)).blob();
  line(link.dataset.name, new File([content], link.dataset.name), "");
  jobs = 1;
  next();
});

function line(name, file, text) {
  const shown = document.getElementById("queued").content.cloneNode(true).firstElementChild;
  const job = { shown, file, text, state: shown.querySelector(".state"), section: null };
  shown.querySelector(".name").textContent = name || text.trim().slice(0, 24);
  shown.querySelector(".file").addEventListener("click", () => (job.failed ? again(job) : show(job)));
  say(job, "waiting");
  queue.append(shown);
  queue.hidden = false;
  lined.push(job);
}

function again(job) {
  job.failed = false;
  lined.push(job);
  next();
}

function next() {
  while (running < AT_ONCE && lined.length) send(lined.shift());
}

function send(job) {
  running += 1;
  const body = new FormData();
  for (const name of ["csrf_token", "as_of", "profile"]) body.set(name, form.elements[name].value);
  if (job.file) body.set("files", job.file);
  else body.set("pasted", job.text);
  const call = new XMLHttpRequest();
  const bar = job.shown.querySelector("progress");
  call.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) bar.value = event.loaded / event.total;
  });
  call.upload.addEventListener("load", () => {
    bar.removeAttribute("value");
    say(job, "auditing");
  });
  call.addEventListener("loadend", () => {
    running -= 1;
    bar.hidden = true;
    if (call.status === 200) taken(job, call.responseText);
    else failed(job, call);
    next();
  });
  call.open("POST", form.action);
  call.setRequestHeader("HX-Request", "true");
  say(job, "sending");
  bar.hidden = false;
  call.send(body);
}

function taken(job, html) {
  const held = document.createElement("div");
  held.innerHTML = html;
  job.section = held;
  drafts.append(held);
  htmx.process(held);
  told(job);
  // Of several, the first that is done is shown; the others wait in the list.
  if (jobs === 1 || !queue.querySelector("[aria-current]")) show(job);
  else held.hidden = true;
}

function told(job) {
  const section = job.section.querySelector(".draft");
  if (!section) return;
  job.state.textContent = section.dataset.summary;
  job.shown.dataset.worst = section.dataset.worst;
}

function failed(job, call) {
  job.failed = true;
  say(job, "failed");
  if (call.status === 401) window.location.assign("/log-in?next=/audit");
  const held = document.createElement("div");
  held.innerHTML = call.responseText;
  announce(held.textContent.trim() || job.state.textContent);
  const reason = held.querySelector(".note");
  if (reason) job.shown.title = reason.textContent.trim();
}

function say(job, state) {
  job.state.textContent = job.state.dataset[state];
  job.shown.dataset.worst = state === "failed" ? "bad" : "";
}

function show(job) {
  if (!job.section) return;
  for (const each of drafts.children) each.hidden = each !== job.section;
  for (const each of queue.children) each.querySelector(".file").removeAttribute("aria-current");
  job.shown.querySelector(".file").setAttribute("aria-current", "true");
  arrived(job.section.querySelector(".draft"));
}

function arrived(section) {
  if (!section) return;
  section.querySelector("h2").focus({ preventScroll: true });
  section.scrollIntoView({ block: "start" });
  announce(section.dataset.summary);
}

document.addEventListener("htmx:afterSettle", (event) => {
  const section = event.target.closest ? event.target.closest(".draft") : null;
  if (!section || event.detail.target.id === "panel-body") return;
  arrived(section);
  for (const each of queue.children) {
    if (each.querySelector(".file[aria-current]")) {
      each.querySelector(".state").textContent = section.dataset.summary;
      each.dataset.worst = section.dataset.worst;
    }
  }
});

drafts.addEventListener("input", (event) => {
  const field = event.target.closest(".field");
  if (!field) return;
  field.classList.add("edited");
  event.target.closest(".draft").querySelector(".dirty").hidden = false;
});

// A pin leads to its finding and a finding to its field; both are shown for a moment.
drafts.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  const target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!target) return;
  event.preventDefault();
  const fold = target.closest("details");
  if (fold) fold.open = true;
  const field = target.querySelector("input, textarea");
  (field || target).focus({ preventScroll: true });
  target.scrollIntoView({ block: "center" });
  target.classList.remove("flash");
  requestAnimationFrame(() => target.classList.add("flash"));
});
